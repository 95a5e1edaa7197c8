import type { CallArguments } from '../call-arguments.ts';
import { Refusal } from '../refusal.ts';
import type { SlackState } from '../state.ts';
import type { Conversation, Workspace } from '../workspace.ts';

/** One call of a Web API method by an app whose token was accepted. */
export interface MethodCall {
  readonly state: SlackState;
  readonly workspace: Workspace;
  /** What the app called with. */
  readonly token: string;
  readonly args: CallArguments;
  /** Scheme, host and port that the call came to; addresses in answers start with it. */
  readonly origin: string;
}

/** What a method answers beside `"ok": true`. Throws a Refusal for everything that Slack refuses. */
export type Method = (call: MethodCall) => Readonly<Record<string, unknown>>;

/** The conversation whose id a call gives. Throws `channel_not_found`. */
export function conversationOf({ workspace, args }: MethodCall): Conversation {
  return requireKnown(workspace.conversation(args.required('channel')));
}

/**
 * The conversation that a call posts to; here alone a channel's name or a person's id does too. Throws
 * `channel_not_found`, `is_archived` or `not_in_channel`.
 */
export function postingConversationOf({ workspace, args }: MethodCall): Conversation {
  const conversation = requireKnown(workspace.resolve(args.required('channel')));
  if (conversation.isArchived) throw new Refusal('is_archived');
  if (!conversation.botIsMember) throw new Refusal('not_in_channel');
  return conversation;
}

function requireKnown(conversation: Conversation | undefined): Conversation {
  // A private channel does not exist for an app that is not in it.
  if (conversation === undefined || (conversation.isPrivate && !conversation.botIsMember)) {
    throw new Refusal('channel_not_found');
  }
  return conversation;
}

/** A page of a list and the cursor of the next one. Throws `invalid_cursor`. */
export function paginate<Item>(
  { args }: MethodCall,
  items: readonly Item[],
  pageSize = 100,
): { readonly page: readonly Item[]; readonly nextCursor: string } {
  const limit = args.count('limit', pageSize, 1000);
  const cursor = args.text('cursor') ?? '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64url').toString().replace(/^at:/, ''));
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor');
  const end = start + limit;
  return {
    page: items.slice(start, end),
    nextCursor: end < items.length ? Buffer.from(`at:${end}`).toString('base64url') : '',
  };
}
