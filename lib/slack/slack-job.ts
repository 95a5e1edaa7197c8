import * as z from 'zod';
import { slackId } from './slack-id.ts';

/** What an event of Slack was about; `eventId` is the same however often Slack, or the queue, delivers it. */
const ofEvent = { teamId: slackId, eventId: z.string().min(1).max(200) };

/** Something that somebody typed to the app in a direct message. */
const directMessage = z.object({
  kind: z.literal('direct-message'),
  ...ofEvent,
  slackUserId: slackId,
  channelId: slackId,
  threadTs: z.string().optional(),
  text: z.string(),
});

/** Links to us in a message that somebody wrote. */
const linksShared = z.object({
  kind: z.literal('links-shared'),
  ...ofEvent,
  slackUserId: slackId,
  channelId: slackId,
  messageTs: z.string(),
  links: z.array(z.string()),
});

const channelRenamed = z.object({
  kind: z.literal('channel-renamed'),
  ...ofEvent,
  channelId: slackId,
  name: z.string(),
  /** Seconds since the Unix epoch, as Slack says: renames can come out of order. */
  renamedAt: z.number().default(0),
});

/** A channel that takes no messages any more. */
const channelClosed = z.object({
  kind: z.literal('channel-closed'),
  ...ofEvent,
  channelId: slackId,
  how: z.enum(['archived', 'deleted']),
});

/** The app was removed from a workspace, or its token was taken away. */
const workspaceLeft = z.object({
  kind: z.literal('workspace-left'),
  ...ofEvent,
  why: z.enum(['app_uninstalled', 'tokens_revoked']),
  /** Seconds since the Unix epoch, as Slack says. */
  eventTime: z.number(),
});

/** A message of the outbox that is to be sent. */
const outgoingMessage = z.object({ kind: z.literal('outgoing-message'), id: z.string().min(1) });

/** A deploy whose people are to be told. */
const deployNotice = z.object({
  kind: z.literal('deploy-notice'),
  releaseId: z.string().min(1),
  deployId: z.string().min(1),
});

/** A workspace whose token ends soon. */
const tokenRenewal = z.object({ kind: z.literal('token-renewal'), teamId: slackId });

/** What the queue of Slack jobs carries. */
export const slackJobSchema = z.discriminatedUnion('kind', [
  directMessage,
  linksShared,
  channelRenamed,
  channelClosed,
  workspaceLeft,
  outgoingMessage,
  deployNotice,
  tokenRenewal,
]);

/** What the queue of Slack jobs carries. */
export type SlackJob = z.infer<typeof slackJobSchema>;

/** The jobs of one kind. */
export type SlackJobOf<Kind extends SlackJob['kind']> = Extract<SlackJob, { readonly kind: Kind }>;
