import type { RefusedCall } from '../refusal-log.ts';
import { renderChannelMenu } from './channel-menu.ts';
import { renderComposer } from './composer.ts';
import { formatTime } from './date-token.ts';
import { icons } from './icons.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import { renderSidebar } from './sidebar.ts';
import { renderStream } from './stream.ts';
import type { View } from './view.ts';

/** The whole page of one conversation. */
export function renderPage(view: View, command: string): Markup {
  const title = view.conversation.kind === 'direct' ? 'postflow' : `#${view.conversation.name}`;
  return frame(
    `${title} · ${view.workspace.given.name}`,
    markup`${renderSidebar(view)}
    <main>
      ${renderTop(view)}
      <div class="stream" id="stream" role="log" aria-label="Messages" tabindex="0">${renderStream(view)}</div>
      ${renderComposer(view, command)}
    </main>`,
  );
}

/** The page when the stand-in has no workspace to show. */
export function renderNothing(): Markup {
  return frame(
    'No workspace',
    markup`<main><div class="empty"><p class="empty-title">There is no workspace yet</p></div></main>`,
  );
}

function frame(title: string, body: Markup): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title}</title>
  <link rel="icon" href="/__local/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/__local/style.css">
  <script type="module" src="/__local/app.js"></script>
</head>
<body>${body}</body>
</html>`;
}

function renderTop(view: View): Markup {
  const { conversation, viewer } = view;
  const name =
    conversation.kind === 'direct' ? markup`${icons.app}postflow` : markup`${icons.hash}${conversation.name}`;
  const outside =
    view.workspace.installed &&
    !conversation.botIsMember &&
    markup`<span class="warn">postflow is not in this channel</span>`;
  const absent = !view.workspace.installed && markup`<span class="warn">postflow is not installed here</span>`;
  const archived = conversation.isArchived && markup`<span class="warn">archived</span>`;
  return markup`<header class="top">
    <h2>${name}</h2><span id="state">${absent}${outside}${archived}</span>
    ${viewer && markup`<p class="as">as ${viewer.name}</p>`}
    ${renderRefusals(view)}
    ${renderChannelMenu(view)}
    <form method="post" action="/__local/slack/schedules" data-live>
      <input type="hidden" name="back" value="${new URLSearchParams({ team: view.workspace.teamId, channel: conversation.id, viewer: viewer?.id ?? '' }).toString()}">
      <button class="button" type="submit">${icons.clock}Run schedules<span class="long">now</span></button>
    </form>
  </header>`;
}

/** What did not work: calls that Slack would have refused, and events, buttons and commands that the app did not take. */
function renderRefusals(view: View): Markup {
  const calls = view.state.refusals.all();
  if (calls.length === 0) return markup`<div id="refusals" hidden></div>`;
  return markup`<details id="refusals" class="refusals"><summary class="button">${icons.refused}${calls.length}<span class="long"> refused</span></summary>
    <div class="panel"><p>Calls that Slack would have refused, and what postflow did not take, newest first</p><ol>${calls.map((call) => renderRefusal(call, view))}</ol></div></details>`;
}

function renderRefusal({ at, what, error, problems }: RefusedCall, view: View): MarkupValue {
  return markup`<li><time>${formatTime(at, view, { second: '2-digit' })}</time> <b>${what}</b> <code>${error}</code>
    ${problems.length > 0 && markup`<ul>${problems.map((problem) => markup`<li>${problem}</li>`)}</ul>`}</li>`;
}
