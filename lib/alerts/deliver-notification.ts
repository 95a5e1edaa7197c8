import type { App } from '../platform/app.ts';
import { type MessageMark, type MessagePlace, postOnce, type Slack, unlessSlackRefuses } from '../slack/index.ts';
import { changeMessage } from './change-message.ts';
import type { ComposedMessage } from './compose-message.ts';
import { isInSlack, type SlackDestination } from './destination.ts';
import type { Notification } from './notification-store.ts';
import type { DeliveryPlan } from './plan-delivery.ts';

/** What a message of ours is marked as. */
const eventType = 'postflow_incident';

/** What to deliver, and how. */
export interface Delivering {
  readonly destination: SlackDestination;
  readonly plan: DeliveryPlan;
  readonly message: ComposedMessage;
  /** Whether an earlier sender may have posted it before it ended. */
  readonly mayBePosted: boolean;
}

/**
 * Brings a notification that this sender has claimed to its channel or person, once: the first of an incident as a message
 * of its own, later ones as answers in its thread while the first itself is brought up to date. When an earlier sender may
 * have posted it before it ended, the message is looked for by its mark before it is posted. Undefined for a change that
 * is only shown on a message that is there already.
 */
export async function deliverNotification(
  app: Pick<App, 'log'> & { readonly slack: Slack },
  claimed: Notification,
  { destination, plan, message, mayBePosted }: Delivering,
): Promise<MessagePlace | undefined> {
  const { teamId } = destination;
  const refreshed = placeOf(plan.refreshed);
  // Doing this twice changes nothing, so it comes before what must happen once.
  if (refreshed !== undefined) {
    // What it showed it goes on showing, until there is a newer picture.
    await unlessSlackRefuses(
      app,
      changeMessage(app, teamId, { place: refreshed, message, chart: plan.refreshed?.chart }),
    );
  }
  if (claimed.onlyOnFirst) return undefined;
  const parent = placeOf(plan.parent);
  const mark: MessageMark = { eventType, id: markOf(claimed) };
  const channel = parent?.channel ?? (await channelOf(app.slack, destination));
  const thread = { channel, threadTs: parent?.ts, ...(plan.isBroadcast && { broadcast: true }) };
  const firstTriedAt = mayBePosted ? claimed.firstClaimedAt : undefined;
  const posting = { ...thread, message: message({ isReply: parent !== undefined }), mark };
  return postOnce(app, teamId, { posting, firstTriedAt });
}

/** Where the message of a notification stands; undefined when it has none. */
export function placeOf(notification: Notification | undefined): MessagePlace | undefined {
  if (notification?.messageTs === undefined || !isInSlack(notification.destination)) return undefined;
  const { destination, messageChannel, messageTs: ts } = notification;
  const channel = messageChannel ?? (destination.kind === 'channel' ? destination.channelId : undefined);
  return channel === undefined ? undefined : { channel, ts };
}

async function channelOf(slack: Slack, destination: SlackDestination): Promise<string> {
  if (destination.kind === 'channel') return destination.channelId;
  return slack.openConversation(destination.teamId, destination.slackUserId);
}

/** The same for every sender of the same notification, and for no other. */
function markOf({ organization, incident, change, target }: Notification): string {
  return `${organization}/${incident}/${change}/${target}`;
}
