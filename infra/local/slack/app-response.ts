import { CallArguments } from './call-arguments.ts';
import { readContent } from './message-content.ts';
import type { StoredMessage } from './message-store.ts';
import { Refusal } from './refusal.ts';
import type { ResponseTarget } from './response-urls.ts';
import { refuseUnknownFiles } from './slack-files.ts';
import { post, type SlackState } from './state.ts';

/** What an app says to a command, at once or later to its response_url. Throws `invalid_payload` for what is no object. */
export function readResponse(body: string): CallArguments {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Refusal('invalid_payload');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('invalid_payload');
  return new CallArguments(Object.entries(value));
}

/**
 * Shows what an app answers: to the person alone, or to all with `response_type: in_channel`; in the place of the
 * original message, or instead of it, when it says so. The result is the message that the next such wish is about.
 */
export function showResponse(
  state: SlackState,
  { workspace, channel, user }: ResponseTarget,
  args: CallArguments,
  originalTs?: string,
): StoredMessage | undefined {
  const team = workspace.teamId;
  const original = originalTs === undefined ? undefined : state.messages.find(team, channel, originalTs);
  const changes = args.flag('delete_original') || args.flag('replace_original');
  if (changes && original?.author.kind === 'person') throw new Refusal('cant_update_message');
  if (args.flag('delete_original')) {
    if (original !== undefined) state.messages.remove(original);
    return undefined;
  }
  const content = readContent(args);
  refuseUnknownFiles(state, workspace, content);
  if (args.flag('replace_original') && original !== undefined) {
    const { text: _text, blocks: _blocks, attachments: _attachments, metadata: _metadata, ...place } = original.message;
    const replaced: StoredMessage = { ...original, message: { ...place, ...content } };
    state.messages.replace(replaced);
    return replaced;
  }
  const conversation = workspace.conversation(channel);
  if (conversation === undefined) throw new Refusal('channel_not_found');
  const forAll = args.text('response_type') === 'in_channel';
  const threadTs = args.text('thread_ts');
  return post(state, workspace, content, { conversation, threadTs, ...(!forAll && { ephemeralFor: user }) });
}
