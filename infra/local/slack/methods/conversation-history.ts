import type { StoredMessage } from '../message-store.ts';
import { Refusal } from '../refusal.ts';
import { isTimestamp } from '../timestamps.ts';
import { apiMessage } from './api-message.ts';
import { conversationOf, type Method, type MethodCall, paginate } from './method.ts';

/** conversations.history: newest first, without replies unless they were sent to the channel too. */
export const history: Method = (call) => {
  const shown = readable(call).filter(({ message }) => message.thread_ts === undefined || message.reply_broadcast);
  return answer(call, inRange(call, shown).toReversed());
};

/** conversations.replies: the first message of a thread, then its replies, oldest first. */
export const replies: Method = (call) => {
  const ts = call.args.required('ts');
  const messages = readable(call);
  const first = messages.find(({ message }) => message.ts === ts);
  if (first === undefined) throw new Refusal('thread_not_found');
  const thread = messages.filter(({ message }) => message.thread_ts === ts);
  return answer(call, [first, ...inRange(call, thread)]);
};

function readable(call: MethodCall): StoredMessage[] {
  const conversation = conversationOf(call);
  if (!conversation.botIsMember) throw new Refusal('not_in_channel');
  return call.state.messages
    .inConversation(call.workspace.teamId, conversation.id)
    .filter((stored) => stored.deleted === undefined && stored.message.ephemeral === undefined)
    .filter((stored) => stored.author.kind !== 'slack');
}

function inRange({ args }: MethodCall, messages: readonly StoredMessage[]): StoredMessage[] {
  const oldest = edge(args.text('oldest'), 0, 'invalid_ts_oldest');
  const latest = edge(args.text('latest'), Number.POSITIVE_INFINITY, 'invalid_ts_latest');
  const inclusive = args.flag('inclusive');
  return messages.filter(({ message }) => {
    const ts = Number(message.ts);
    return inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
  });
}

function edge(value: string | undefined, fallback: number, refusal: string): number {
  if (value === undefined || value === '') return fallback;
  if (isTimestamp(value) || /^\d+$/.test(value)) return Number(value);
  throw new Refusal(refusal);
}

function answer(call: MethodCall, messages: readonly StoredMessage[]) {
  const { page, nextCursor } = paginate(call, messages);
  const allMetadata = call.args.flag('include_all_metadata');
  return {
    messages: page.map((stored) => apiMessage(call.state, call.workspace, stored, { allMetadata })),
    has_more: nextCursor !== '',
    ...(nextCursor !== '' && { response_metadata: { next_cursor: nextCursor } }),
  };
}
