import { randomBytes, randomUUID } from 'node:crypto';
import type { StoredMessage } from '../message-store.ts';
import { Refusal } from '../refusal.ts';
import { post, type SlackState } from '../state.ts';
import type { Who } from '../who.ts';
import type { Sent, SlackEvent } from './event-sender.ts';
import { linksIn, storedText } from './typed-text.ts';

/** What a person types in a conversation. */
export interface Saying extends Who {
  readonly text: string;
  readonly threadTs?: string | undefined;
}

/** Shows what a person says, and tells the app what Slack would tell it: of direct messages, and of links to its addresses. */
export function say(state: SlackState, saying: Saying): { readonly stored: StoredMessage; readonly sent: Sent[] } {
  const { workspace, channel, user, threadTs } = saying;
  const conversation = workspace.conversation(channel);
  if (conversation === undefined) throw new Refusal('channel_not_found');
  if (conversation.isArchived) throw new Refusal('is_archived');
  if (saying.text.trim() === '') throw new Refusal('no_text');
  const text = storedText(saying.text);
  const author = { kind: 'person', user } as const;
  const stored = post(state, workspace, { text }, { conversation, author, threadTs });
  const events = workspace.installed ? eventsOf(state, saying, stored) : [];
  return { stored, sent: events.map((event) => state.events.send(workspace, event)) };
}

function eventsOf(state: SlackState, saying: Saying, { message }: StoredMessage): SlackEvent[] {
  const { workspace, channel, user } = saying;
  const conversation = workspace.conversation(channel);
  const at = { channel, user, event_ts: message.ts, ...(message.thread_ts && { thread_ts: message.thread_ts }) };
  const ownOrigin = new URL(state.appUrl()).origin;
  const links = linksIn(saying.text)
    .filter((url) => new URL(url.replaceAll('&amp;', '&')).origin === ownOrigin)
    .map((url) => ({ url, domain: new URL(url).hostname }));
  return [
    ...(conversation?.kind === 'direct'
      ? [
          {
            type: 'message',
            client_msg_id: randomUUID(),
            text: message.text,
            ts: message.ts,
            team: workspace.teamId,
            channel_type: 'im',
            ...at,
          },
        ]
      : []),
    ...(links.length > 0
      ? [
          beforePosting(user, links),
          {
            type: 'link_shared',
            ...at,
            message_ts: message.ts,
            is_bot_user_member: conversation?.botIsMember ?? false,
            source: 'conversations_history',
            unfurl_id: unfurlIdOf(channel, message.ts),
            links,
          },
        ]
      : []),
  ];
}

/** What Slack tells while somebody is still typing: the channel is none, and what stands for the ts is no time. */
function beforePosting(user: string, links: readonly object[]): SlackEvent {
  const unfurlId = `${user}-${randomUUID()}-${randomBytes(16).toString('hex')}`;
  const at = { channel: 'COMPOSER', user, message_ts: unfurlId, is_bot_user_member: true };
  return { type: 'link_shared', ...at, source: 'composer', unfurl_id: unfurlId, links };
}

/** What chat.unfurl may name instead of channel and ts. */
function unfurlIdOf(channel: string, ts: string): string {
  return `${channel}.${ts}.${Buffer.from(`${channel}${ts}`).toString('hex')}`;
}

/** The channel and ts that an unfurl_id stands for, undefined for one that was never given out. */
export function readUnfurlId(id: string): { readonly channel: string; readonly ts: string } | undefined {
  const [, channel = '', ts = ''] = /^([A-Z0-9]+)\.(\d+\.\d+)\.[0-9a-f]+$/.exec(id) ?? [];
  return id !== '' && unfurlIdOf(channel, ts) === id ? { channel, ts } : undefined;
}
