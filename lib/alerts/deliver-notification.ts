import type { App } from '../platform/app.ts';
import {
  type MessageMark,
  type MessagePlace,
  postOnce,
  type Slack,
  type SlackMessage,
  unlessSlackRefuses,
} from '../slack/index.ts';
import type { Notification } from './notification-store.ts';

/** What a message of ours is marked as. */
const eventType = 'postflow_incident';

/**
 * Brings a notification that this sender has claimed into its channel, once: the first of an incident as a message of its
 * own, later ones as answers in its thread while the first itself is brought up to date. When an earlier sender may have
 * posted it before it ended, the message is looked for by its mark before it is posted. Undefined for a change that is
 * shown on the first message only.
 */
export async function deliverNotification(
  app: Pick<App, 'log'> & { readonly slack: Slack },
  claimed: Notification,
  options: { readonly mayBePosted: boolean; readonly message: SlackMessage; readonly first: MessagePlace | undefined },
): Promise<MessagePlace | undefined> {
  const { first, message } = options;
  const { teamId, channelId: channel } = claimed.channel;
  const mark: MessageMark = { eventType, id: markOf(claimed) };
  // Doing this twice changes nothing, so it comes before what must happen once.
  if (first !== undefined) await unlessSlackRefuses(app, app.slack.updateMessage(teamId, first, message));
  if (claimed.onlyOnFirst) return undefined;
  const thread = { channel, threadTs: first?.ts };
  const firstTriedAt = options.mayBePosted ? claimed.firstClaimedAt : undefined;
  return postOnce(app, teamId, { posting: { ...thread, message, mark }, firstTriedAt });
}

/** The same for every sender of the same notification, and for no other. */
function markOf({ organization, incident, change, target }: Notification): string {
  return `${organization}/${incident}/${change}/${target}`;
}
