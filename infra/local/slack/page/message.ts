import { withIds } from '../block-ids.ts';
import type { MessageAuthor, StoredMessage } from '../message-store.ts';
import { renderAttachment } from './attachment.ts';
import { renderBlocks } from './block.ts';
import { formatDateTokens, formatTime } from './date-token.ts';
import { renderFace } from './face.ts';
import { icons } from './icons.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import { renderMrkdwn } from './mrkdwn.ts';
import type { View } from './view.ts';

/** One message as Slack draws it: who, when, what, and who else sees it. */
export function renderMessage(stored: StoredMessage, view: View, note?: MarkupValue): Markup {
  const { message, author } = stored;
  const kind = message.ephemeral ? 'message ephemeral' : 'message';
  return markup`<article class="${kind}" id="m-${message.ts}" data-key="${message.ts}">
    ${renderAvatar(author, view)}
    <div class="content">
      ${message.ephemeral && markup`<p class="only-you">${icons.eye} Only visible to you</p>`}
      ${note && markup`<p class="note">${note}</p>`}
      <header>
        <b class="who">${nameOf(author, view)}</b>${author.kind === 'app' && markup`<span class="badge">App</span>`}
        ${renderWhen(message.ts, view)}
      </header>
      ${renderBody(stored, view)}
    </div>
  </article>`;
}

function nameOf(author: MessageAuthor, { workspace }: View): string {
  if (author.kind === 'person') return workspace.user(author.user)?.name ?? author.user;
  return author.kind === 'slack' ? 'Slackbot' : (author.name ?? 'postflow');
}

function renderAvatar(author: MessageAuthor, { workspace }: View): Markup {
  if (author.kind !== 'person') {
    return markup`<div class="avatar ${author.kind}">${author.kind === 'slack' ? icons.slackbot : icons.app}</div>`;
  }
  return renderFace({ id: author.user, name: workspace.user(author.user)?.name ?? '?' }, 'avatar');
}

/** The place of a deleted message whose replies are still there. */
export function renderTombstone(stored: StoredMessage): Markup {
  return markup`<article class="message tombstone" id="m-${stored.message.ts}" data-key="${stored.message.ts}">
    <div class="avatar">${icons.gone}</div><div class="content"><p class="note">This message was deleted.</p></div>
  </article>`;
}

function renderBody({ message }: StoredMessage, view: View): Markup {
  const { ts, text, blocks, attachments = [], edited } = message;
  // With blocks the text is for notifications only; beside attachments it is shown.
  const own = blocks === undefined && text !== '' && markup`<div class="text">${renderMrkdwn(text, view)}</div>`;
  return markup`<div class="body">
    ${own}${blocks && renderBlocks(withIds(blocks, 'b'), view, ts)}${attachments.map((attachment, place) => renderAttachment(attachment, view, { ts, place }))}
    ${edited && markup`<span class="edited">(edited)</span>`}
  </div>`;
}

function renderWhen(ts: string, view: View): Markup {
  const seconds = Math.floor(Number(ts));
  const exact = formatDateTokens('{date_long} at {time_secs}', seconds, view);
  const time = formatTime(seconds * 1000, view);
  return markup`<time datetime="${new Date(seconds * 1000).toISOString()}" title="${exact}">${time}</time>`;
}
