import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import type { Queue } from '../platform/queue.ts';
import { type Slack, SlackBusyError, SlackRefusedError } from '../slack/index.ts';
import type { ChartJob } from './charts/chart-job.ts';
import { type ComposingApp, composeMessage } from './compose-message.ts';
import { deliverNotification } from './deliver-notification.ts';
import { deliverWebhook, type WebhookApp } from './deliver-webhook.ts';
import { type Destination, isInSlack, type SlackDestination } from './destination.ts';
import { counterOf, failNotification } from './fail-notification.ts';
import { messages } from './messages.ts';
import { AskedToWaitError, EarlierPendingError } from './not-yet.ts';
import {
  addressOf,
  claimNotification,
  finishNotification,
  loadNotifications,
  type Notification,
  releaseNotification,
} from './notification-store.ts';
import { planDelivery } from './plan-delivery.ts';
import { type FinalError, isTooLate } from './plan-sending.ts';
import type { NotificationAddress } from './queue-messages.ts';

/** What sending needs of the outside world. */
export type RenderApp = ComposingApp &
  WebhookApp &
  Pick<App, 'log' | 'metrics'> & {
    readonly slack: Slack;
    readonly charts: Queue<ChartJob>;
  };

/** Longer than the sending function may run: when it is over, the sender is dead. */
const claimMs = 90_000;

/**
 * Sends one notification, once, however often it is asked to. What Slack refuses for good is recorded with its error. Its chart
 * comes later, from those who draw.
 * @throws UnavailableError and what the Slack client throws when it is worth trying again later.
 */
export async function renderAlert(app: RenderApp, address: NotificationAddress): Promise<void> {
  const ofIncident = await loadNotifications(app, address);
  const ofTarget = ofIncident.filter(({ target }) => target === address.target);
  const seen = ofTarget.find(({ change }) => change === address.change);
  if (seen === undefined) return;
  const earlier = ofTarget.filter(({ change }) => change < address.change);
  // Again for who has sent it and could not say so to the queue: for a chart, too, once is enough.
  if (seen.state !== 'pending') return seen.state === 'skipped' ? undefined : askForChart(app, seen, earlier);
  // A thread tells the story in order; whoever ends the earlier message queues this one.
  if (earlier.some(({ state }) => state === 'pending')) throw new EarlierPendingError(messages.earlierPending, 1);
  const claimed = await claim(app, seen);
  const state = await send(app, { seen, claimed, earlier });
  await askForChart(app, { ...claimed, state }, earlier);
}

/** Where a message stands that can show it. */
async function askForChart(app: RenderApp, told: Notification, earlier: readonly Notification[]): Promise<void> {
  const { state, destination, ending } = told;
  if (!isInSlack(destination) || ending !== undefined) return;
  const isShown = state !== 'failed' || planDelivery(told, earlier).refreshed !== undefined;
  if (isShown) await app.charts.send([{ kind: 'incident-chart', ...addressOf(told) }]);
}

async function claim(app: RenderApp, seen: Notification): Promise<Notification> {
  const nowMs = app.clock.now();
  const now = isoTime(nowMs);
  if (seen.claimedUntil !== undefined && seen.claimedUntil > now)
    throw new UnavailableError(messages.claimedByAnother, 1);
  if (seen.notBefore !== undefined && seen.notBefore > now) throw new AskedToWaitError(messages.askedToWait, 1);
  const claimed = await claimNotification(app, seen, { now, until: isoTime(nowMs + claimMs) });
  if (claimed === undefined) throw new UnavailableError(messages.claimedByAnother, 1);
  return claimed;
}

interface Sending {
  readonly seen: Notification;
  readonly claimed: Notification;
  readonly earlier: readonly Notification[];
}

type End = 'sent' | 'failed';

async function send(app: RenderApp, sending: Sending): Promise<End> {
  const { seen, claimed } = sending;
  const { destination } = claimed;
  if (isTooLate(claimed, app.clock.now())) return fail(app, claimed, { code: 'too_late', detail: messages.tooLate });
  if (destination.kind === 'webhook') return callWebhook(app, claimed, destination);
  try {
    if (isInSlack(destination)) return await sendInSlack(app, sending, destination);
    throw new TypeError('Nobody is told of what nobody is to be told.');
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

async function sendInSlack(
  app: RenderApp,
  { seen, claimed, earlier }: Sending,
  destination: SlackDestination,
): Promise<End> {
  const plan = planDelivery(claimed, earlier);
  const message = await composeMessage(app, claimed, destination);
  if (message === undefined) return fail(app, claimed, { code: 'workspace_gone', detail: messages.workspaceGone });
  const { mayBePosted } = seen;
  const place = await deliverNotification(app, claimed, { destination, plan, message, mayBePosted });
  const sentAt = isoTime(app.clock.now());
  const at = place && { messageTs: place.ts, messageChannel: place.channel };
  await finishNotification(app, claimed, { state: 'sent', sentAt, ...at });
  app.metrics.count(`${counterOf(destination)}.success`);
  return 'sent';
}

async function callWebhook(
  app: RenderApp,
  claimed: Notification,
  webhook: Extract<Destination, { readonly kind: 'webhook' }>,
): Promise<End> {
  const outcome = await deliverWebhook(app, claimed, webhook);
  switch (outcome.outcome) {
    case 'taken':
      await finishNotification(app, claimed, { state: 'sent', sentAt: isoTime(app.clock.now()) });
      app.metrics.count(`${counterOf(webhook)}.success`);
      return 'sent';
    case 'refused':
      return fail(app, claimed, { code: outcome.code, detail: outcome.detail });
    case 'later': {
      const notBefore = isoTime(app.clock.now() + outcome.afterSeconds * 1_000);
      await releaseNotification(app, claimed, { mayBePosted: true, notBefore });
      throw new UnavailableError(messages.webhookLater, outcome.afterSeconds);
    }
  }
}

async function fail(app: RenderApp, claimed: Notification, error: FinalError): Promise<End> {
  await failNotification(app, claimed, error);
  return 'failed';
}
