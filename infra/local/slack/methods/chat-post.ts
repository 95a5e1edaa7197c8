import { readContent } from '../message-content.ts';
import type { MessageAuthor } from '../message-store.ts';
import { Refusal } from '../refusal.ts';
import { refuseUnknownFiles } from '../slack-files.ts';
import { post } from '../state.ts';
import { isTimestamp } from '../timestamps.ts';
import { apiMessage } from './api-message.ts';
import { type Method, type MethodCall, postingConversationOf } from './method.ts';

/** chat.postMessage */
export const postMessage: Method = (call) => {
  const { state, workspace, args } = call;
  const conversation = postingConversationOf(call);
  const threadTs = threadOf(call);
  const content = readContent(args);
  refuseUnknownFiles(state, workspace, content);
  const broadcast = args.flag('reply_broadcast');
  const stored = post(state, workspace, content, { conversation, threadTs, broadcast, author: authorOf(call) });
  return { channel: conversation.id, ts: stored.message.ts, message: apiMessage(state, workspace, stored) };
};

/** chat.postEphemeral */
export const postEphemeral: Method = (call) => {
  const { state, workspace, args } = call;
  const conversation = postingConversationOf(call);
  const ephemeralFor = args.required('user');
  const known = workspace.user(ephemeralFor) !== undefined;
  if (!known || (conversation.user !== undefined && conversation.user !== ephemeralFor)) {
    throw new Refusal('user_not_in_channel');
  }
  const content = readContent(args);
  refuseUnknownFiles(state, workspace, content);
  const threadTs = threadOf(call);
  const stored = post(state, workspace, content, { conversation, threadTs, ephemeralFor, author: authorOf(call) });
  return { message_ts: stored.message.ts };
};

/**
 * The thread that a message belongs to. Slack refuses what is no timestamp, but takes one that no message has: such a
 * reply is stored and nobody sees it (node-slack-sdk 780, python-slack-sdk 840). The page shows it apart.
 */
function threadOf({ args }: MethodCall): string | undefined {
  const threadTs = args.text('thread_ts');
  if (threadTs === undefined || isTimestamp(threadTs)) return threadTs;
  throw new Refusal('invalid_thread_ts', [`${JSON.stringify(threadTs)} is not the ts of a message`]);
}

function authorOf({ args }: MethodCall): MessageAuthor {
  const name = args.text('username');
  return { kind: 'app', ...(name !== undefined && name !== '' && { name }) };
}
