import * as z from 'zod';
import { isSlackId } from './slack-id.ts';
import type { SlackJob } from './slack-job.ts';
import { revokesBot } from './switch-off-workspace.ts';
import { unescapeText } from './unescape-text.ts';

/** The last second of the year 9999: what comes later cannot be compared with our times. */
const latestSecond = 253_402_300_799;

/** What Slack sends when something has happened in a workspace. */
export const eventEnvelope = z.object({
  team_id: z.string().min(1).max(64),
  event_id: z.string().min(1).max(200).optional(),
  event_time: z.number().min(0).max(latestSecond).optional(),
  event: z.looseObject({ type: z.string() }),
});

/** What Slack sends when something has happened in a workspace. */
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/** More links than anybody reads; the queue takes messages up to a quarter of a megabyte. */
const mostLinks = 50;
const longestText = 4_000;
const longestLink = 4_000;

const message = z.looseObject({
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  channel_type: z.string().optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().nullish(),
});
/** Of a message that stands in a channel: while it is being typed, Slack names none (`COMPOSER`), and no time of it. */
const linkShared = z.looseObject({
  channel: z.string().regex(/^(?!COMPOSER$)[CDG]/),
  user: z.string(),
  message_ts: z.string().regex(/^\d+\.\d+$/),
  source: z.string().optional(),
  links: z.array(z.looseObject({ url: z.string() })),
});
const renamed = z.looseObject({
  channel: z.looseObject({ id: z.string(), name: z.string() }),
  event_ts: z
    .string()
    .regex(/^\d{1,11}\.\d{1,6}$/)
    .optional(),
});
const closed = z.looseObject({ channel: z.string() });
const revoked = z.looseObject({ tokens: z.looseObject({ bot: z.array(z.string()).optional() }) });

/** Whose event it is, by which name it is known, and which Slack user is our own bot. */
export interface EventContext {
  readonly teamId: string;
  readonly eventId: string;
  readonly botUserId: string;
  /** Seconds since the Unix epoch, as Slack says. */
  readonly eventTime: number;
}

/**
 * What there is to be done about an event; undefined when nothing is. Whatever bots say (we are one), edits, joins and other
 * notices of Slack about messages, and types that we do not know are passed over, and so is what lacks a part.
 */
export function jobOfEvent({ type, ...event }: EventEnvelope['event'], context: EventContext): SlackJob | undefined {
  const { teamId, eventId, eventTime } = context;
  const of = { teamId, eventId };
  switch (type) {
    case 'message':
      return directMessage(event, context);
    case 'link_shared':
      return sharedLinks(event, context);
    case 'channel_rename':
    case 'group_rename': {
      const { channel, event_ts: renamedAt = eventTime } = renamed.safeParse(event).data ?? {};
      return channel && isSlackId(channel.id)
        ? { kind: 'channel-renamed', ...of, channelId: channel.id, name: channel.name, renamedAt: Number(renamedAt) }
        : undefined;
    }
    case 'channel_archive':
    case 'group_archive':
      return closedChannel(event, context, 'archived');
    case 'channel_deleted':
    case 'group_deleted':
      return closedChannel(event, context, 'deleted');
    case 'app_uninstalled':
      return { kind: 'workspace-left', ...of, why: type, eventTime };
    case 'tokens_revoked': {
      // Tokens of single people are none of ours.
      const { tokens = {} } = revoked.safeParse(event).data ?? {};
      return revokesBot(tokens, context.botUserId)
        ? { kind: 'workspace-left', ...of, why: type, eventTime }
        : undefined;
    }
    default:
      return undefined;
  }
}

function directMessage(event: unknown, { teamId, eventId, botUserId }: EventContext): SlackJob | undefined {
  const said = message.safeParse(event).data;
  if (said === undefined || said.bot_id || said.subtype || said.user === botUserId) return undefined;
  const { channel: channelId, user: slackUserId, thread_ts: threadTs } = said;
  if (!isSlackId(channelId) || !isSlackId(slackUserId)) return undefined;
  // What people say to each other in channels is none of our business.
  if ((said.channel_type ?? 'im') !== 'im' || !channelId.startsWith('D')) return undefined;
  const text = unescapeText(said.text).slice(0, longestText).toWellFormed().trim();
  if (text === '') return undefined;
  const thread = threadTs !== undefined && { threadTs };
  return { kind: 'direct-message', teamId, eventId, channelId, slackUserId, text, ...thread };
}

function sharedLinks(event: unknown, { teamId, eventId, botUserId }: EventContext): SlackJob | undefined {
  const shared = linkShared.safeParse(event).data;
  // Slack tells of links twice. What is still being typed may never be posted, and nobody else sees it.
  if (shared === undefined || shared.source === 'composer' || shared.user === botUserId) return undefined;
  const { channel: channelId, user: slackUserId, message_ts: messageTs } = shared;
  if (!isSlackId(channelId) || !isSlackId(slackUserId)) return undefined;
  const links = [...new Set(shared.links.map(({ url }) => url))]
    .filter((url) => url.length <= longestLink)
    .slice(0, mostLinks);
  return links.length > 0
    ? { kind: 'links-shared', teamId, eventId, channelId, slackUserId, messageTs, links }
    : undefined;
}

function closedChannel(
  event: unknown,
  { teamId, eventId }: EventContext,
  how: 'archived' | 'deleted',
): SlackJob | undefined {
  const { channel: channelId } = closed.safeParse(event).data ?? {};
  return isSlackId(channelId) ? { kind: 'channel-closed', teamId, eventId, channelId, how } : undefined;
}
