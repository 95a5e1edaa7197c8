import type { MessageContent } from '../message-store.ts';
import { Refusal } from '../refusal.ts';
import { type Attachment, validateAttachment } from '../validate-attachments.ts';
import { conversationOf, type Method, type MethodCall } from './method.ts';

/** chat.getPermalink */
export const getPermalink: Method = (call) => {
  const { id } = conversationOf(call);
  const ts = call.args.required('message_ts');
  const stored = call.state.messages.find(call.workspace.teamId, id, ts);
  if (stored === undefined || stored.message.ephemeral) throw new Refusal('message_not_found');
  const path = `/__local/archives/${id}/p${ts.replace('.', '')}`;
  const thread = stored.message.thread_ts;
  return {
    channel: id,
    permalink: `${call.origin}${path}${thread === undefined ? '' : `?thread_ts=${thread}&cid=${id}`}`,
  };
};

/** chat.unfurl */
export const unfurl: Method = (call) => {
  const { state, workspace, args } = call;
  for (const name of ['channel', 'ts', 'unfurls']) if (!args.has(name)) throw new Refusal(`missing_${name}`);
  const conversation = workspace.conversation(args.required('channel'));
  if (conversation === undefined || !conversation.botIsMember) throw new Refusal('cannot_find_channel');
  const stored = state.messages.find(workspace.teamId, conversation.id, args.required('ts'));
  if (stored === undefined) throw new Refusal('cannot_find_message');
  const unfurls = readUnfurls(call, stored.message);
  // Unfurling the same link again changes its attachment instead of adding one.
  const urls = new Set(unfurls.map((attachment) => attachment.from_url));
  const kept = (stored.message.attachments ?? []).filter(
    (attachment) => !attachment.is_app_unfurl || !urls.has(attachment.from_url),
  );
  state.messages.replace({ ...stored, message: { ...stored.message, attachments: [...kept, ...unfurls] } });
  return {};
};

function readUnfurls({ args }: MethodCall, message: MessageContent): Attachment[] {
  const value = args.structure('unfurls', 'invalid_unfurls_format');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('invalid_unfurls_format');
  const said = JSON.stringify([message.text, message.blocks ?? []]);
  return Object.entries(value).map(([url, attachment]) => {
    // Slack stores the & of an address as &amp;, so that a link is found in either form.
    const inMessage = [url, url.replaceAll('&', '&amp;')].some((form) =>
      said.includes(JSON.stringify(form).slice(1, -1)),
    );
    if (!inMessage) throw new Refusal('cannot_unfurl_message');
    return { ...validateAttachment(attachment, `/unfurls/${url}`), from_url: url, is_app_unfurl: true };
  });
}
