import { icons } from './icons.ts';
import { type Markup, markup } from './markup.ts';
import type { View } from './view.ts';

/** Where somebody writes: a message, or a command when it begins with a slash. */
export function renderComposer({ workspace, conversation, viewer }: View, command: string): Markup {
  const place = conversation.kind === 'direct' ? 'postflow' : `#${conversation.name}`;
  const commands = ['help', 'link', ...(conversation.kind === 'direct' ? [] : ['link team'])];
  const who = markup`<input type="hidden" name="team" value="${workspace.teamId}">
    <input type="hidden" name="channel" value="${conversation.id}">
    <input type="hidden" name="user" value="${viewer?.id ?? ''}">`;
  return markup`<div class="composer">
    <form method="post" action="/__local/slack/compose" data-live data-clear>${who}
      <div class="line">
        <label for="text" class="aside">Message or command</label>
        <input id="text" name="text" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="Message ${place}, or ${command} help" aria-describedby="sent-as">
        <button class="send" type="submit" aria-label="Send" title="Send">${icons.send}</button>
      </div>
    </form>
    <div class="hint">
      <form method="post" action="/__local/slack/command" data-live class="chips">${who}${commands.map(
        (name) => markup`<button class="chip" name="text" value="${name}">${command} ${name}</button>`,
      )}</form>
      <span id="sent-as" class="aside">Sent by ${viewer?.name ?? 'nobody'}, signed as Slack does</span>
      <output id="outcome" role="status"></output>
    </div>
  </div>`;
}
