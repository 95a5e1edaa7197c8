import { attachmentPrefix, withIds } from '../block-ids.ts';
import type { StoredMessage } from '../message-store.ts';
import type { SlackState } from '../state.ts';
import type { Workspace } from '../workspace.ts';

/** A message as the Web API shows it: with ids on blocks and attachments, and a thread's numbers on its first message. */
export function apiMessage(
  state: SlackState,
  workspace: Workspace,
  stored: StoredMessage,
  { allMetadata = true }: { readonly allMetadata?: boolean } = {},
): Readonly<Record<string, unknown>> {
  const { channel: _channel, user: _user, ephemeral: _ephemeral, author, reply_broadcast, ...message } = stored.message;
  const { blocks, attachments, metadata } = message;
  return {
    type: 'message',
    ...(reply_broadcast && { subtype: 'thread_broadcast' }),
    ...(author === undefined
      ? { user: workspace.given.botUserId, bot_id: workspace.botId, app_id: workspace.appId }
      : { user: author }),
    team: workspace.teamId,
    ...message,
    ...(blocks !== undefined && { blocks: withIds(blocks, 'b') }),
    ...(attachments !== undefined && {
      attachments: attachments.map((attachment, index) => ({
        id: index + 1,
        fallback: '[no preview available]',
        ...attachment,
        ...(attachment.blocks !== undefined && { blocks: withIds(attachment.blocks, attachmentPrefix(index)) }),
      })),
    }),
    ...(metadata !== undefined && { metadata: allMetadata ? metadata : { event_type: metadata.event_type } }),
    ...(stored.author.kind === 'app' && stored.author.name !== undefined && { username: stored.author.name }),
    ...threadNumbers(state, stored, workspace.given.botUserId),
  };
}

function threadNumbers(state: SlackState, stored: StoredMessage, botUserId: string) {
  const { thread_ts, ts } = stored.message;
  if (thread_ts !== undefined) return { parent_user_id: botUserId };
  const replies = state.messages.replies(stored).filter((reply) => reply.message.ephemeral === undefined);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  return { thread_ts: ts, reply_count: replies.length, reply_users: [botUserId], latest_reply: latest.message.ts };
}
