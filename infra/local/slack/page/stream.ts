import type { StoredMessage } from '../message-store.ts';
import { formatDateTokens } from './date-token.ts';
import { type Markup, type MarkupValue, markup } from './markup.ts';
import { renderMessage, renderTombstone } from './message.ts';
import { type View, visibleIn } from './view.ts';

/** The messages of the conversation, threads below their first message, a line between days. */
export function renderStream(view: View): Markup {
  const messages = visibleIn(view, view.conversation);
  if (messages.length === 0) return renderEmpty(view);
  const first = new Map(
    messages.filter(({ message }) => !message.thread_ts).map((stored) => [stored.message.ts, stored]),
  );
  const replies = Map.groupBy(
    messages.filter(({ message }) => message.thread_ts !== undefined),
    ({ message }) => message.thread_ts,
  );
  let day = '';
  const items = messages.flatMap((stored): MarkupValue[] => {
    const { ts, thread_ts, reply_broadcast } = stored.message;
    const inThread = thread_ts !== undefined && first.has(thread_ts);
    if (inThread && !reply_broadcast) return [];
    const today = formatDateTokens('{day_divider_pretty}', Math.floor(Number(ts)), view);
    const line = today === day ? [] : [markup`<div class="day" data-key="day-${today}"><span>${today}</span></div>`];
    day = today;
    return [...line, renderTop(stored, view, inThread), renderThread(replies.get(ts) ?? [], ts, view)];
  });
  return markup`${items}`;
}

function renderTop(stored: StoredMessage, view: View, inThread: boolean): Markup {
  if (stored.deleted) return renderTombstone(stored);
  const { thread_ts } = stored.message;
  if (thread_ts === undefined) return renderMessage(stored, view);
  const note = inThread
    ? markup`Replied to <a href="#m-${thread_ts}">a thread</a> and sent to the channel too`
    : `Reply to ${thread_ts}, which no message here has: nobody would see it in Slack`;
  return renderMessage(stored, view, note);
}

function renderThread(replies: readonly StoredMessage[], ts: string, view: View): MarkupValue {
  if (replies.length === 0) return undefined;
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return markup`<section class="thread" data-key="thread-${ts}" aria-label="Thread, ${count}">
    <p class="count">${count}</p>
    ${replies.map((reply) => renderMessage(reply, view, reply.message.reply_broadcast && 'Sent to the channel too'))}
  </section>`;
}

function renderEmpty({ conversation, viewer }: View): Markup {
  const where =
    conversation.kind === 'direct' ? `between postflow and ${viewer?.name ?? 'you'}` : `in #${conversation.name}`;
  return markup`<div class="empty" data-key="empty">
    <p class="empty-title">Nothing ${where} yet</p>
    <p>Messages appear here as soon as postflow sends them. To get one now, send <code>help</code> below.</p>
  </div>`;
}
