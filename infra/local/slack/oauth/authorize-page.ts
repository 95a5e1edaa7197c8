import { icons } from '../page/icons.ts';
import { type Markup, markup } from '../page/markup.ts';
import type { Workspace } from '../workspace.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { botScopes } from './scopes.ts';

/** The page that asks somebody of a workspace whether the app may come in. */
export function renderAuthorize(request: AuthorizeRequest, workspaces: readonly Workspace[]): Markup {
  const fields = markup`${Object.entries(request).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`)}`;
  return frame(markup`<div class="avatar app">${icons.app}</div>
    <h1>postflow asks to come into a workspace</h1>
    <p class="soft">It could then:</p>
    <ul class="scopes">${request.scope.split(',').map((scope) => markup`<li>${botScopes[scope]} <code>${scope}</code></li>`)}</ul>
    ${workspaces.map((workspace) => renderWorkspace(workspace, fields))}
    <form method="post">${fields}<button class="button" name="decision" value="cancel">Cancel</button></form>`);
}

/** What is shown when the app asked for something that Slack refuses. */
export function renderRefused(code: string, problem: string): Markup {
  return frame(markup`<h1>Slack would stop here</h1><p>${problem}</p><p><code>${code}</code></p>`);
}

function renderWorkspace(workspace: Workspace, fields: Markup): Markup {
  const { name, users } = workspace.given;
  return markup`<form method="post" class="choice">${fields}
    <input type="hidden" name="team" value="${workspace.teamId}">
    <p><b>${name}</b> ${workspace.installed && markup`<span class="soft">postflow is here already</span>`}</p>
    <label>as <select name="user">${users.map((user) => markup`<option value="${user.id}">${user.name}</option>`)}</select></label>
    <button class="button primary" name="decision" value="allow">Allow in ${name}</button>
  </form>`;
}

function frame(body: Markup): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Add postflow to Slack</title>
  <link rel="icon" href="/__local/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/__local/style.css">
</head>
<body class="authorize"><main>${body}<p class="soft">Slack stand-in, on this machine</p></main></body>
</html>`;
}
