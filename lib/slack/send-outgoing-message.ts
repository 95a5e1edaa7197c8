import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { deliverOutgoing } from './deliver-outgoing-message.ts';
import {
  claimOutgoing,
  finishOutgoing,
  loadOutgoing,
  type OutgoingMessage,
  releaseOutgoing,
} from './outgoing-message-store.ts';
import type { Slack } from './slack.ts';
import { adviceFor } from './slack-advice.ts';
import { SlackBusyError, SlackRefusedError, SlackUncertainError } from './slack-errors.ts';

/** What sending needs of the outside world. */
export type SendingApp = Pick<App, 'table' | 'clock' | 'log' | 'metrics'> & { readonly slack: Slack };

/** What became of a message. `waiting` is sent later by itself: another sender is at work, or Slack could not take it now. */
export type SendingOutcome =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'refused'; readonly code: string; readonly advice: string }
  | { readonly outcome: 'waiting' };

type Refusal = Extract<SendingOutcome, { readonly outcome: 'refused' }>;

/** Longer than any sending function may run: when it is over, the sender is dead. */
const claimMs = 90_000;
/** When Slack gave no clear answer, it is left alone for so long. */
const pauseMs = 60_000;
/** For so long it is tried; later it would only be old news. */
const triedMs = 86_400_000;
const counter = 'integrations.slack.outgoing_message';

/**
 * Sends a message of the outbox, once, however often it is asked to. What Slack refuses for good is stored with its reason
 * and with what to do about it; what it could not take now is sent later, without anybody asking again.
 */
export async function sendOutgoing(app: SendingApp, id: string): Promise<SendingOutcome> {
  const seen = await loadOutgoing(app, id);
  if (seen === undefined) return { outcome: 'refused', code: 'unknown_message', advice: adviceFor('unknown_message') };
  if (seen.state === 'sent') return { outcome: 'sent' };
  if (seen.state === 'refused') return refusalOf(seen);
  const nowMs = app.clock.now();
  const now = isoTime(nowMs);
  if ((seen.claimedUntil ?? '') > now || (seen.notBefore ?? '') > now) return { outcome: 'waiting' };
  const taken = await claimOutgoing(app, seen, { now, until: isoTime(nowMs + claimMs) });
  if (taken === undefined) return { outcome: 'waiting' };
  if (nowMs - Date.parse(seen.createdAt) > triedMs) return refuse(app, taken, 'too_late');
  return send(app, taken, seen.mayBePosted);
}

async function send(app: SendingApp, taken: OutgoingMessage, mayBePosted: boolean): Promise<SendingOutcome> {
  try {
    const first = taken.follows && (await loadOutgoing(app, taken.follows.id));
    if (first?.state === 'pending') return await waitFor(app, taken, { first, mayBePosted });
    if (first?.state === 'refused') return await refuse(app, taken, refusalOf(first).code);
    const place = await deliverOutgoing(app, taken, { mayBePosted, first: first?.place });
    await finishOutgoing(app, taken, { state: 'sent', sentAt: isoTime(app.clock.now()), ...(place && { place }) });
    app.metrics.count(`${counter}.success`);
    return { outcome: 'sent' };
  } catch (error) {
    if (error instanceof SlackRefusedError) return refuse(app, taken, error.slackError);
    const nowMs = app.clock.now();
    if (error instanceof SlackBusyError) {
      const notBefore = isoTime(nowMs + error.retryAfterSeconds * 1_000);
      await releaseOutgoing(app, taken, { mayBePosted, notBefore, dueAt: notBefore });
      return { outcome: 'waiting' };
    }
    await releaseOutgoing(app, taken, { mayBePosted: true, dueAt: isoTime(nowMs + pauseMs) });
    if (error instanceof SlackUncertainError) return { outcome: 'waiting' };
    throw error;
  }
}

/** Gives a message back until the one that it carries on is looked after again. */
async function waitFor(
  app: SendingApp,
  taken: OutgoingMessage,
  { first, mayBePosted }: { readonly first: OutgoingMessage; readonly mayBePosted: boolean },
): Promise<SendingOutcome> {
  const soonest = isoTime(app.clock.now() + pauseMs);
  await releaseOutgoing(app, taken, { mayBePosted, dueAt: first.dueAt > soonest ? first.dueAt : soonest });
  return { outcome: 'waiting' };
}

async function refuse(app: SendingApp, taken: OutgoingMessage, code: string): Promise<Refusal> {
  const advice = adviceFor(code);
  await finishOutgoing(app, taken, { state: 'refused', error: { code, advice } });
  app.metrics.count(`${counter}.failure`);
  app.log.warn('a Slack message was refused for good', { message: taken.id, code });
  return { outcome: 'refused', code, advice };
}

function refusalOf({ error }: OutgoingMessage): Refusal {
  const { code = 'unknown_message', advice = adviceFor('unknown_message') } = error ?? {};
  return { outcome: 'refused', code, advice };
}
