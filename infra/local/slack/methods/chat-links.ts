import type { CallArguments } from '../call-arguments.ts';
import { readUnfurlId } from '../events/say.ts';
import { refuseTooMuch } from '../message-content.ts';
import type { StandInMessage, StoredMessage } from '../message-store.ts';
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

/** chat.unfurl: the message is named by channel and ts, or by the unfurl_id and source of a link_shared event. */
export const unfurl: Method = (call) => {
  const { state } = call;
  const stored = sharedMessage(call);
  if (!call.args.has('unfurls')) throw new Refusal('missing_unfurls');
  const unfurls = readUnfurls(call, stored.message);
  // Unfurling the same link again changes its attachment instead of adding one.
  const urls = new Set(unfurls.map((attachment) => attachment.from_url));
  const kept = (stored.message.attachments ?? []).filter(
    (attachment) => !attachment.is_app_unfurl || !urls.has(attachment.from_url),
  );
  state.messages.replace({ ...stored, message: { ...stored.message, attachments: [...kept, ...unfurls] } });
  return {};
};

function sharedMessage({ state, workspace, args }: MethodCall): StoredMessage {
  const { channel, ts } = args.has('unfurl_id') || args.has('source') ? byUnfurlId(args) : byPlace(args);
  const conversation = workspace.conversation(channel);
  if (conversation === undefined) throw new Refusal('cannot_find_channel');
  const stored = state.messages.find(workspace.teamId, conversation.id, ts);
  // Links of people are unfurled also where the bot is no member: Slack has told it of them.
  const isVisible = conversation.botIsMember || stored?.author.kind === 'person';
  if (!isVisible) throw new Refusal('cannot_find_channel');
  if (stored === undefined) throw new Refusal('cannot_find_message');
  return stored;
}

function byPlace(args: CallArguments) {
  for (const name of ['channel', 'ts']) if (!args.has(name)) throw new Refusal(`missing_${name}`);
  return { channel: args.required('channel'), ts: args.required('ts') };
}

function byUnfurlId(args: CallArguments) {
  for (const name of ['unfurl_id', 'source']) if (!args.has(name)) throw new Refusal(`missing_${name}`);
  if (args.text('source') !== 'conversations_history') throw new Refusal('invalid_source');
  const place = readUnfurlId(args.required('unfurl_id'));
  if (place === undefined) throw new Refusal('invalid_unfurl_id');
  return place;
}

function readUnfurls({ state, args }: MethodCall, message: StandInMessage): Attachment[] {
  const value = args.structure('unfurls', 'invalid_unfurls_format');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('invalid_unfurls_format');
  const said = JSON.stringify([message.text, message.blocks ?? []]);
  const unfurls = Object.entries(value).map(([url, attachment]) => {
    // Slack stores the & of an address as &amp;, so that a link is found in either form.
    const inMessage = [url, url.replaceAll('&', '&amp;')].some((form) =>
      said.includes(JSON.stringify(form).slice(1, -1)),
    );
    if (!inMessage) throw new Refusal('cannot_unfurl_message');
    if (message.author !== undefined && !isOwnAddress(url, state.appUrl())) throw new Refusal('cannot_unfurl_url');
    return { ...validateAttachment(attachment, `/unfurls/${url}`), from_url: url, is_app_unfurl: true };
  });
  refuseTooMuch([], unfurls);
  return unfurls;
}

/** Whether the address is one of those that the app has registered. */
function isOwnAddress(address: string, appUrl: string): boolean {
  return URL.canParse(address) && new URL(address).origin === new URL(appUrl).origin;
}
