import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import { findProject } from '../projects/index.ts';
import {
  findActiveWorkspace,
  type MessagePlace,
  type Slack,
  SlackBusyError,
  SlackRefusedError,
} from '../slack/index.ts';
import { deliverNotification } from './deliver-notification.ts';
import type { Doer } from './incident-deed.ts';
import { incidentLink } from './incident-link.ts';
import { incidentMessage } from './incident-message.ts';
import { messages } from './messages.ts';
import {
  claimNotification,
  finishNotification,
  loadNotifications,
  type Notification,
  releaseNotification,
} from './notification-store.ts';
import type { NotificationAddress } from './queue-messages.ts';
import { statusText } from './status-text.ts';

/** What sending needs of the outside world. */
export type RenderApp = Pick<App, 'table' | 'clock' | 'log' | 'metrics'> & {
  readonly slack: Slack;
  /** Our own address for people, without a slash at the end. */
  readonly publicUrl: string;
};

/** Longer than the sending function may run: when it is over, the sender is dead. */
const claimMs = 90_000;
const counter = 'integrations.slack.metric_alert';

/**
 * Sends one notification, once, however often it is asked to. What Slack refuses for good is recorded with its error.
 * @throws UnavailableError and what the Slack client throws when it is worth trying again later.
 */
export async function renderAlert(app: RenderApp, address: NotificationAddress): Promise<void> {
  const ofIncident = await loadNotifications(app, address);
  const ofTarget = ofIncident.filter(({ target }) => target === address.target);
  const seen = ofTarget.find(({ change }) => change === address.change);
  if (seen?.state !== 'pending') return;
  const earlier = ofTarget.filter(({ change }) => change < address.change);
  // A thread tells the story in order; the earlier message comes again by itself.
  if (earlier.some(({ state }) => state === 'pending')) throw new UnavailableError(messages.earlierPending, 1);
  const claimed = await claim(app, seen);
  await send(app, { seen, claimed, first: placeOf(earlier.find(({ messageTs }) => messageTs !== undefined)) });
}

async function claim(app: RenderApp, seen: Notification): Promise<Notification> {
  const nowMs = app.clock.now();
  const now = isoTime(nowMs);
  if (seen.claimedUntil !== undefined && seen.claimedUntil > now)
    throw new UnavailableError(messages.claimedByAnother, 1);
  if (seen.notBefore !== undefined && seen.notBefore > now) throw new UnavailableError(messages.askedToWait, 1);
  const claimed = await claimNotification(app, seen, { now, until: isoTime(nowMs + claimMs) });
  if (claimed === undefined) throw new UnavailableError(messages.claimedByAnother, 1);
  return claimed;
}

interface Sending {
  readonly seen: Notification;
  readonly claimed: Notification;
  readonly first: MessagePlace | undefined;
}

async function send(app: RenderApp, { seen, claimed, first }: Sending): Promise<void> {
  try {
    const message = await compose(app, claimed);
    if (message === undefined)
      return await fail(app, claimed, { code: 'workspace_gone', detail: messages.workspaceGone });
    const place = await deliverNotification(app, claimed, { mayBePosted: seen.mayBePosted, message, first });
    const sentAt = isoTime(app.clock.now());
    await finishNotification(app, claimed, { state: 'sent', sentAt, ...(place && { messageTs: place.ts }) });
    app.metrics.count(`${counter}.success`);
  } catch (error) {
    if (error instanceof SlackRefusedError) {
      return fail(app, claimed, { code: error.slackError, detail: error.message });
    }
    if (error instanceof SlackBusyError) {
      const notBefore = isoTime(app.clock.now() + error.retryAfterSeconds * 1_000);
      await releaseNotification(app, claimed, { mayBePosted: seen.mayBePosted, notBefore });
    } else {
      await releaseNotification(app, claimed, { mayBePosted: true });
    }
    throw error;
  }
}

async function compose(app: RenderApp, { organization, incident, notificationId, deeds = [], ...told }: Notification) {
  const { subject, channel, status } = told;
  const [workspace, project] = await Promise.all([
    findActiveWorkspace(app, { organization, teamId: channel.teamId }),
    findProject(app, organization, subject.projectId),
  ]);
  if (workspace === undefined) return undefined;
  return incidentMessage({
    status,
    ruleName: subject.ruleName,
    projectName: project?.slug ?? subject.projectId,
    statusText: statusText(subject, subject.value),
    startedAt: subject.startedAt,
    organization,
    incident,
    deeds: deeds.map(({ kind, at, by }) => ({ kind, at, name: by.name, mention: mentionIn(channel, by) })),
    link: incidentLink({ publicUrl: app.publicUrl, organization, ruleId: subject.ruleId, incident, notificationId }),
  });
}

/** Slack knows a person by another id in every workspace. */
function mentionIn({ teamId }: Notification['channel'], { slack }: Doer): string | undefined {
  return slack?.teamId === teamId ? slack.slackUserId : undefined;
}

async function fail(app: RenderApp, claimed: Notification, error: { code: string; detail: string }): Promise<void> {
  await finishNotification(app, claimed, { state: 'failed', error });
  app.metrics.count(`${counter}.failure`);
  const { organization, incident } = claimed;
  app.log.warn('a notification failed for good', { organization, incident, code: error.code });
}

function placeOf(notification: Notification | undefined): MessagePlace | undefined {
  if (notification?.messageTs === undefined) return undefined;
  return { channel: notification.channel.channelId, ts: notification.messageTs };
}
