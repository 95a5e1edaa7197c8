import type { App } from '../platform/app.ts';
import {
  type MessageMark,
  type MessagePlace,
  type Slack,
  type SlackMessage,
  SlackRefusedError,
} from '../slack/index.ts';
import type { Notification } from './notification-store.ts';

/** What a message of ours is marked as. */
const eventType = 'postflow_incident';
/** Our clock and Slack's need not agree. */
const clockToleranceMs = 60_000;

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
  if (first !== undefined) await unlessRefused(app, app.slack.updateMessage(teamId, first, message));
  if (claimed.onlyOnFirst) return undefined;
  const thread = { channel, threadTs: first?.ts };
  if (options.mayBePosted && claimed.firstClaimedAt !== undefined) {
    const sinceMs = Date.parse(claimed.firstClaimedAt) - clockToleranceMs;
    const posted = await unlessRefused(app, app.slack.findMarked(teamId, { ...thread, mark, sinceMs }));
    if (posted !== undefined) return posted;
  }
  return app.slack.postMessage(teamId, { ...thread, message, mark });
}

/** The same for every sender of the same notification, and for no other. */
function markOf({ organization, incident, change, target }: Notification): string {
  return `${organization}/${incident}/${change}/${target}`;
}

/** What would be good but is not worth losing the notification for (a deleted message, a missing permission). */
async function unlessRefused<T>(app: Pick<App, 'log'>, wish: Promise<T>): Promise<T | undefined> {
  try {
    return await wish;
  } catch (error) {
    if (!(error instanceof SlackRefusedError)) throw error;
    app.log.warn('Slack refused a step that is not vital', { slackError: error.slackError });
    return undefined;
  }
}
