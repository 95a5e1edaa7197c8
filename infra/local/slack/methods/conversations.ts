import { Refusal } from '../refusal.ts';
import type { Conversation } from '../workspace.ts';
import { directMessages } from '../workspace.ts';
import { conversationOf, type Method, paginate } from './method.ts';

/** conversations.info */
export const info: Method = (call) => ({ channel: apiConversation(conversationOf(call)) });

/** conversations.list */
export const list: Method = (call) => {
  const types = new Set((call.args.text('types') || 'public_channel').split(',').map((type) => type.trim()));
  const wanted = call.workspace
    .conversations()
    .filter((conversation) => types.has(typeOf(conversation)))
    .filter((conversation) => !conversation.isPrivate || conversation.botIsMember)
    .filter((conversation) => !(call.args.flag('exclude_archived') && conversation.isArchived));
  const { page, nextCursor } = paginate(call, wanted);
  return { channels: page.map(apiConversation), response_metadata: { next_cursor: nextCursor } };
};

/** conversations.join */
export const join: Method = (call) => {
  const conversation = conversationOf(call);
  if (conversation.kind === 'direct') throw new Refusal('method_not_supported_for_channel_type');
  if (conversation.isArchived) throw new Refusal('is_archived');
  call.workspace.join(conversation.id);
  return {
    channel: apiConversation({ ...conversation, botIsMember: true }),
    ...(conversation.botIsMember && { warning: 'already_in_channel' }),
  };
};

/** conversations.open, for the direct messages with one person. */
export const open: Method = (call) => {
  const { args, workspace } = call;
  const users = (args.text('users') ?? '').split(',').filter((id) => id !== '');
  const channel = args.text('channel');
  if (users.length > 1)
    throw new Refusal('method_not_supported_for_channel_type', ['group messages are not built here']);
  if (users.length === 0 && channel === undefined) throw new Refusal('users_list_not_supplied');
  const user = users[0] === undefined ? workspace.conversation(channel ?? '')?.user : workspace.user(users[0])?.id;
  if (user === undefined) throw new Refusal(users.length === 0 ? 'channel_not_found' : 'user_not_found');
  const conversation = directMessages(user);
  return { channel: args.flag('return_im') ? apiConversation(conversation) : { id: conversation.id } };
};

function typeOf(conversation: Conversation): string {
  if (conversation.kind === 'direct') return 'im';
  return conversation.isPrivate ? 'private_channel' : 'public_channel';
}

function apiConversation(conversation: Conversation): Readonly<Record<string, unknown>> {
  const { id, name, isPrivate, isArchived, botIsMember } = conversation;
  if (conversation.kind === 'direct') return { id, is_im: true, is_open: true, user: conversation.user };
  return {
    id,
    name,
    name_normalized: name,
    is_channel: true,
    is_im: false,
    is_private: isPrivate,
    is_archived: isArchived,
    is_member: botIsMember,
  };
}
