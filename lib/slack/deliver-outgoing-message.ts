import type { App } from '../platform/app.ts';
import { type OutgoingMessage, redirectOutgoing } from './outgoing-message-store.ts';
import { postOnce, unlessSlackRefuses } from './post-once.ts';
import type { Slack } from './slack.ts';
import { SlackRefusedError } from './slack-errors.ts';
import type { MessageMark, MessagePlace } from './slack-message.ts';

/** What a message of ours is marked as. */
const eventType = 'postflow_message';

type DeliveryApp = Pick<App, 'table' | 'log'> & { readonly slack: Slack };

/** What Slack says of a `response_url` that is over, or of an address that is none: then a direct message will do. */
const noMoreAnswers: ReadonlySet<string> = new Set([
  'expired_url',
  'used_url',
  'invalid_url',
  'no_such_url',
  'not_a_response_url',
]);

/** What Slack says where the app cannot show anything to this person: mostly because it is not in the channel. */
const nothingShownThere: ReadonlySet<string> = new Set([
  'not_in_channel',
  'channel_not_found',
  'user_not_in_channel',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
]);

/** How a message is brought to its destination. */
interface Delivery {
  /** Whether an earlier sender may have posted it before it ended. */
  readonly mayBePosted: boolean;
  /** Where the message stands that it carries on, if it does. */
  readonly first?: MessagePlace | undefined;
}

/**
 * Brings a message that this sender has taken to its destination, once. Messages in channels can be looked for when an
 * earlier sender may have posted them; what only one person sees cannot, so it is never said again after an unclear end.
 * @throws what the Slack client throws
 */
export async function deliverOutgoing(
  app: DeliveryApp,
  taken: OutgoingMessage,
  { mayBePosted, first }: Delivery,
): Promise<MessagePlace | undefined> {
  const { destination, teamId, content, follows } = taken;
  if (follows?.inThread && first !== undefined) {
    // Doing this twice changes nothing, so it comes before what must happen once.
    await unlessSlackRefuses(app, app.slack.updateMessage(teamId, first, content));
    return post(app, taken, { channel: first.channel, threadTs: first.ts, mayBePosted });
  }
  switch (destination.kind) {
    case 'channel':
      return post(app, taken, { channel: destination.channelId, threadTs: destination.threadTs, mayBePosted });
    case 'user': {
      const channel = await app.slack.openConversation(teamId, destination.slackUserId);
      return post(app, taken, { channel, mayBePosted });
    }
    case 'ephemeral': {
      if (mayBePosted) throw new SlackRefusedError('not_confirmed');
      const { channelId: channel, slackUserId } = destination;
      const shown = app.slack.postEphemeral(teamId, { channel, slackUserId, content });
      return (await unlessRefused(shown, nothingShownThere)) ? undefined : sendDirectly(app, taken, slackUserId);
    }
    case 'response': {
      if (mayBePosted) throw new SlackRefusedError('not_confirmed');
      const { responseUrl, slackUserId } = destination;
      const answered = await unlessRefused(app.slack.respond(responseUrl, content), noMoreAnswers);
      return answered ? undefined : sendDirectly(app, taken, slackUserId);
    }
  }
}

/** What cannot be shown where it was meant to be is a direct message instead. */
async function sendDirectly(
  app: DeliveryApp,
  taken: OutgoingMessage,
  slackUserId: string,
): Promise<MessagePlace | undefined> {
  const redirected = await redirectOutgoing(app, taken, { kind: 'user', slackUserId });
  return deliverOutgoing(app, redirected, { mayBePosted: false });
}

async function post(
  app: DeliveryApp,
  { id, teamId, content, firstClaimedAt }: OutgoingMessage,
  at: { readonly channel: string; readonly threadTs?: string | undefined; readonly mayBePosted: boolean },
): Promise<MessagePlace> {
  const { channel, threadTs, mayBePosted } = at;
  const mark: MessageMark = { eventType, id };
  const firstTriedAt = mayBePosted ? firstClaimedAt : undefined;
  return postOnce(app, teamId, { posting: { channel, threadTs, message: content, mark }, firstTriedAt });
}

/** Whether something was shown; `false` when Slack refuses it for one of these reasons. */
async function unlessRefused(shown: Promise<void>, reasons: ReadonlySet<string>): Promise<boolean> {
  try {
    await shown;
    return true;
  } catch (error) {
    if (error instanceof SlackRefusedError && reasons.has(error.slackError)) return false;
    throw error;
  }
}
