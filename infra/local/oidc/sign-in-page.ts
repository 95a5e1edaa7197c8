import { html } from 'hono/html';
import type { OidcAccount, SlackIdentity } from './account.ts';

/** The page on which somebody chooses who they are; no password is asked for. */
export function renderSignIn(uid: string, accounts: readonly OidcAccount[]) {
  return frame(
    'Sign in',
    html`<h1>Who are you?</h1>
    <p class="soft">This sign-in stands in for your company's own. It runs on this machine and asks for no password.</p>
    <ul>${accounts.map((account) => renderAccount(uid, account))}</ul>
    <form method="post" action="/sign-in/${uid}/cancel"><button class="quiet">Cancel and go back</button></form>`,
  );
}

/** What somebody sees whose sign-in cannot go on. */
export function renderProblem(error: string, detail = '') {
  return frame(
    'Sign-in stopped',
    html`<h1>This sign-in cannot go on</h1>
    <p>Go back to the page that sent you here and start again. It may have been open for too long, or the local stack was started anew since.</p>
    <p class="soft"><code>${error}</code> ${detail}</p>`,
  );
}

function renderAccount(uid: string, account: OidcAccount) {
  return html`<li>
    <form method="post" action="/sign-in/${uid}">
      <input type="hidden" name="account" value="${account.id}">
      <button class="who"><b>${account.name}</b><span>${account.email}</span></button>
      <p class="soft">${account.note}</p>
      ${account.slack.map((identity) => renderWithSlack(identity))}
    </form>
  </li>`;
}

function renderWithSlack({ teamId, teamName, userId }: SlackIdentity) {
  return html`<button class="quiet" name="slack" value="${teamId}" title="Adds Slack's claims: user ${userId} of workspace ${teamId}">with Slack, ${teamName}</button>`;
}

function frame(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · on this machine</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/sign-in/style.css">
</head>
<body><main>${body}</main></body>
</html>`;
}
