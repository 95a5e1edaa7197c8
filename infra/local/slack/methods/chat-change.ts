import { readChangedContent } from '../message-content.ts';
import type { StoredMessage } from '../message-store.ts';
import { Refusal } from '../refusal.ts';
import { refuseUnknownFiles } from '../slack-files.ts';
import { apiMessage } from './api-message.ts';
import { conversationOf, type Method, type MethodCall } from './method.ts';

/** chat.update */
export const update: Method = (call) => {
  const { state, workspace, args } = call;
  const stored = ownMessage(call, 'cant_update_message');
  const { text: _text, blocks: _blocks, attachments: _attachments, metadata: _metadata, ...place } = stored.message;
  const content = readChangedContent(args, stored.message);
  refuseUnknownFiles(state, workspace, content);
  const edited = { user: workspace.given.botUserId, ts: state.nextTimestamp(workspace.teamId) };
  const changed: StoredMessage = { ...stored, message: { ...place, ...content, edited } };
  state.messages.replace(changed);
  const { channel, ts } = stored.message;
  return { channel, ts, text: content.text, message: apiMessage(state, workspace, changed) };
};

/** chat.delete */
export const remove: Method = (call) => {
  const stored = ownMessage(call, 'cant_delete_message');
  call.state.messages.remove(stored);
  return { channel: stored.message.channel, ts: stored.message.ts };
};

/** The message that a call is about, if the app wrote it; what only one person sees cannot be reached by its ts. */
function ownMessage(call: MethodCall, notOwn: string): StoredMessage {
  const conversation = conversationOf(call);
  const stored = call.state.messages.find(call.workspace.teamId, conversation.id, call.args.required('ts'));
  if (stored === undefined || stored.message.ephemeral) throw new Refusal('message_not_found');
  if (stored.author.kind !== 'app') throw new Refusal(notOwn);
  return stored;
}
