import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Delivery } from '../../platform/delivery.ts';
import { AtWorkError } from '../../platform/errors.ts';
import { type Slack, SlackBusyError, SlackRefusedError } from '../../slack/index.ts';
import type { DigestJob } from './digest-job.ts';
import { nextOccurrence } from './digest-schedule.ts';
import {
  beginSending,
  claimSending,
  type DigestSending,
  finishSending,
  loadSending,
  recordSkipped,
  releaseSending,
} from './digest-sending-store.ts';
import { type Digest, loadDigest, moveDigest } from './digest-store.ts';
import { digestMessages as messages } from './messages.ts';
import { oldestMs, type PlannedOccurrence, planOccurrence } from './plan-occurrence.ts';
import { type PostingDigestApp, postDigest } from './post-digest.ts';

/** What sending a digest needs of the outside world. */
export type DigestApp = PostingDigestApp & Pick<App, 'metrics'> & { readonly slack: Slack };

/** Longer than the drawing function may run: when it is over, the sender is dead. */
const claimMs = 90_000;
const mostAttempts = 200;
const counter = 'integrations.slack.digest';

/**
 * Sends a digest that is due, or one that somebody asked for; once, however often the message comes:
 *
 *     due → begun → taken → drawn, uploaded → posted with a mark → stored as sent → due at the next time
 *                                               └ a crash here: looked for by the mark before it is posted again
 *
 * It stays due until it was sent, refused or given up: whatever happens on the way, the schedule brings it again.
 * @throws AtWorkError, SlackBusyError, SlackUncertainError when it is worth trying again later
 */
export async function sendDigest(app: DigestApp, job: DigestJob, delivery: Delivery): Promise<void> {
  const digest = await loadDigest(app, job.digestId);
  if (digest === undefined || digest.organization !== job.organization) return;
  if (job.requestedAt !== undefined) {
    const sending = await loadSending(app, { digestId: digest.id, scheduledAt: job.requestedAt, reason: 'request' });
    if (sending !== undefined) await sendOnce(app, { digest, sending, delivery });
    return;
  }
  const due = await beginDue(app, digest);
  if (due === undefined) return;
  const end = await sendOnce(app, { ...due, delivery });
  if (end === 'waits') return;
  const { digest: sent, sending } = due;
  const next = end === 'over' ? undefined : nextOccurrence(sent, Date.parse(sending.scheduledAt));
  await moveDigest(app, sent, next === undefined ? null : isoTime(next));
}

/** The sending of a digest that is due, after those were left out that nobody needs any more. */
async function beginDue(
  app: DigestApp,
  digest: Digest,
): Promise<{ readonly digest: Digest; readonly sending: DigestSending } | undefined> {
  const nowMs = app.clock.now();
  const { id: digestId, nextAt } = digest;
  if (nextAt === null || Date.parse(nextAt) > nowMs) return undefined;
  const begun = await loadSending(app, { digestId, scheduledAt: nextAt, reason: 'schedule' });
  if (begun !== undefined) return { digest, sending: begun };
  const plan = planOccurrence(digest, Date.parse(nextAt), nowMs);
  if (plan.skipped !== undefined) await skip(app, digestId, plan.skipped);
  const dueMs = plan.sendMs ?? plan.nextMs;
  const dueAt = dueMs === undefined ? null : isoTime(dueMs);
  // Somebody else may have dealt with it, or edited it: then the schedule brings it as it is by then.
  if (dueAt !== nextAt && !(await moveDigest(app, digest, dueAt))) return undefined;
  if (plan.sendMs === undefined || dueAt === null) return undefined;
  const at = { digestId, scheduledAt: dueAt, reason: 'schedule' } as const;
  return { digest: { ...digest, nextAt: dueAt }, sending: await beginSending(app, at, isoTime(nowMs)) };
}

async function skip(
  app: DigestApp,
  digestId: string,
  { count, isMore, firstMs, lastMs }: NonNullable<PlannedOccurrence['skipped']>,
): Promise<void> {
  const many = isMore ? messages.moreThan(count) : messages.missedCount(count);
  const detail = messages.missed(many, isoTime(firstMs), isoTime(lastMs));
  const at = { digestId, scheduledAt: isoTime(lastMs), reason: 'schedule' } as const;
  await recordSkipped(app, at, { error: { code: 'missed', detail }, endedAt: isoTime(app.clock.now()) });
  app.metrics.count(`${counter}.skipped`, count);
}

interface Work {
  readonly digest: Digest;
  readonly sending: DigestSending;
  readonly delivery: Delivery;
}

/** Whether the sending has ended, so that the next is due; or waits; or no other is to come. */
async function sendOnce(app: DigestApp, { digest, sending, delivery }: Work): Promise<'ended' | 'waits' | 'over'> {
  if (sending.state !== 'pending') return 'ended';
  const nowMs = app.clock.now();
  const now = isoTime(nowMs);
  const isTaken = sending.claimedUntil !== undefined && sending.claimedUntil > now;
  if (isTaken || (sending.notBefore !== undefined && sending.notBefore > now)) return wait(sending, isTaken);
  const taken = await claimSending(app, sending, { now, until: isoTime(nowMs + claimMs) });
  if (taken === undefined) return wait(sending, true);
  if (nowMs - Date.parse(sending.scheduledAt) >= oldestMs || sending.attempts >= mostAttempts) {
    return fail(app, taken, { code: 'too_late', detail: messages.tooLate });
  }
  try {
    const posted = await postDigest({ ...app, slack: app.slack.within(delivery.remainingMs) }, digest, {
      ...{ taken, seen: sending, remainingMs: delivery.remainingMs },
    });
    if ('error' in posted) return await fail(app, taken, posted.error, posted.isOver);
    await finishSending(app, taken, { state: 'sent', endedAt: isoTime(app.clock.now()), messageTs: posted.ts });
    app.metrics.count(`${counter}.success`);
    return 'ended';
  } catch (error) {
    if (error instanceof SlackRefusedError) return fail(app, taken, { code: error.slackError, detail: error.message });
    // Nothing brings again what somebody asked for, when the queue gives it up.
    if (sending.reason === 'request' && delivery.lastAttempt) {
      return fail(app, taken, { code: 'slack_unavailable', detail: messages.tried(taken.attempts) });
    }
    await release(app, taken, { error, mayBePosted: sending.mayBePosted });
    throw error;
  }
}

/** The schedule brings what is due again in a minute; the queue brings what somebody asked for, when that is thrown. */
function wait({ reason }: DigestSending, isTaken: boolean): 'waits' {
  if (reason === 'request') throw new AtWorkError(isTaken ? messages.atWork : messages.askedToWait);
  return 'waits';
}

async function release(
  app: DigestApp,
  taken: DigestSending,
  { error, mayBePosted }: { readonly error: unknown; readonly mayBePosted: boolean },
): Promise<void> {
  if (!(error instanceof SlackBusyError)) return releaseSending(app, taken, { mayBePosted: true });
  const notBefore = isoTime(app.clock.now() + error.retryAfterSeconds * 1_000);
  return releaseSending(app, taken, { mayBePosted, notBefore });
}

async function fail(
  app: DigestApp,
  taken: DigestSending,
  error: { readonly code: string; readonly detail: string },
  isOver = false,
): Promise<'ended' | 'over'> {
  await finishSending(app, taken, { state: 'failed', endedAt: isoTime(app.clock.now()), error });
  app.metrics.count(`${counter}.failure`);
  app.log.warn('a digest failed for good', { digestId: taken.digestId, code: error.code });
  return isOver ? 'over' : 'ended';
}
