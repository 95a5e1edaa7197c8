import { icons } from './icons.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import type { View } from './view.ts';

/** What somebody may change about the channel and the app in the workspace, each of which Slack would tell the app. */
export function renderChannelMenu(view: View): Markup {
  const { conversation, workspace } = view;
  const { isArchived, botIsMember, kind, name } = conversation;
  return markup`<details class="refusals menu" id="menu"><summary class="button" title="Change the channel or the app">${icons.more}<span class="long">Change</span></summary>
    <div class="panel"><p>What postflow is told of by an event</p>
      ${
        kind === 'channel' &&
        markup`<form method="post" action="/__local/slack/happening" data-live>${fields(view, 'channel_rename')}
          <label>#<input name="name" value="${name}" aria-label="Name of the channel" autocomplete="off"></label><button class="button">Rename</button></form>
        ${isArchived ? act(view, 'channel_unarchive', 'Open again') : act(view, 'channel_archive', `Archive #${name}`)}
        ${botIsMember ? act(view, 'member_left_channel', `Take postflow out of #${name}`) : act(view, 'member_joined_channel', `Invite postflow to #${name}`)}`
      }
      ${workspace.installed ? renderInstalled(view) : markup`<a class="button primary" href="/extensions/slack/install/">Install postflow in ${workspace.given.name}</a>`}
    </div></details>`;
}

function renderInstalled(view: View): Markup {
  const { tokenRotation, given } = view.workspace;
  return markup`${act(view, 'token_rotation', tokenRotation ? 'Give lasting tokens from now on' : 'Give tokens that end after 12 hours from now on', { on: tokenRotation ? '0' : '1' })}
    ${act(view, 'tokens_revoked', 'Revoke the tokens')}
    ${act(view, 'app_uninstalled', `Uninstall postflow from ${given.name}`)}`;
}

function act(view: View, kind: string, label: string, more: Readonly<Record<string, string>> = {}): Markup {
  return markup`<form method="post" action="/__local/slack/happening" data-live>${fields(view, kind, more)}<button class="button">${label}</button></form>`;
}

function fields(view: View, kind: string, more: Readonly<Record<string, string>> = {}): MarkupValue {
  const { workspace, conversation, viewer } = view;
  const all = { team: workspace.teamId, channel: conversation.id, user: viewer?.id ?? '', kind, ...more };
  return Object.entries(all).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`);
}
