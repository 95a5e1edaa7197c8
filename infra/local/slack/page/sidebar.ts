import type { Conversation, StandInUser } from '../workspace.ts';
import { renderFace } from './face.ts';
import { icons } from './icons.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import { conversationsOf, type View, viewAddress, visibleIn } from './view.ts';

/** The left column: workspaces, channels, the app's direct messages, and whose eyes the page looks through. */
export function renderSidebar(view: View): Markup {
  const conversations = conversationsOf(view.workspace, view.viewer);
  const channels = conversations.filter(({ kind }) => kind === 'channel');
  const direct = conversations.filter(({ kind }) => kind === 'direct');
  return markup`<nav class="sidebar" id="sidebar" aria-label="Workspace">
    <h1>${view.workspace.given.name}<small>Slack stand-in, on this machine</small></h1>
    ${renderWorkspaces(view)}
    <section><h2 id="channels">Channels</h2>
      <ul aria-labelledby="channels">${channels.map((channel) => renderConversation(channel, view))}</ul></section>
    <section><h2 id="apps">Direct messages</h2>
      <ul aria-labelledby="apps">${direct.map((conversation) => renderConversation(conversation, view))}</ul></section>
    <section><h2 id="viewers">See it as</h2>
      <ul aria-labelledby="viewers">${view.workspace.given.users.map((user) => renderViewer(user, view))}</ul></section>
  </nav>`;
}

function renderWorkspaces({ state, workspace }: View): MarkupValue {
  if (state.workspaces.length < 2) return undefined;
  return markup`<section><h2 id="workspaces">Workspaces</h2><ul aria-labelledby="workspaces">${state.workspaces.map(
    ({ teamId, given }) =>
      markup`<li data-key="${teamId}"><a href="/__local/?team=${teamId}" ${current(teamId === workspace.teamId)}>${given.name}</a></li>`,
  )}</ul></section>`;
}

function renderConversation(conversation: Conversation, view: View): Markup {
  const { id, name, kind } = conversation;
  const address = viewAddress(view, id, view.viewer?.id);
  const count = visibleIn(view, conversation).filter((stored) => stored.deleted === undefined).length;
  const label =
    kind === 'direct' ? markup`${icons.app}<span>postflow</span>` : markup`${icons.hash}<span>${name}</span>`;
  return markup`<li data-key="${id}"><a href="${address}" ${current(id === view.conversation.id)}>${label}${renderCount(count, 'messages')}</a></li>`;
}

function renderViewer(user: StandInUser, view: View): Markup {
  const address = viewAddress(view, view.conversation.id, user.id);
  const alone = view.state.messages
    .all()
    .filter(
      ({ team, message }) => team === view.workspace.teamId && message.user === user.id && message.author === undefined,
    ).length;
  return markup`<li data-key="${user.id}"><a href="${address}" ${current(user.id === view.viewer?.id)}>
    ${renderFace(user)}<span>${user.name}</span>${renderCount(alone, 'that only they see')}</a></li>`;
}

function renderCount(count: number, of: string): MarkupValue {
  if (count === 0) return undefined;
  return markup`<span class="number" title="${count} ${of}">${count}<span class="aside"> ${of}</span></span>`;
}

function current(is: boolean): MarkupValue {
  return is ? markup`aria-current="page"` : undefined;
}
