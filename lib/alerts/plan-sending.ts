import { isoTime } from '../platform/clock.ts';
import { messages } from './messages.ts';
import type { Notification } from './notification-store.ts';

/** For so long a notification is tried; later it would only be old news. */
const triedMs = 86_400_000;
/** So many may wait for one rule. Their addresses stand in the item of its state, which no evaluation could write if it grew on. */
const mostWaiting = 300;

/** Why a notification failed for good, and what to do about it. */
export type FinalError = NonNullable<Notification['error']>;

/** What is left to do of the notifications that a rule has told of, each list the oldest first. */
export interface SendingPlan {
  /** What nobody is to try any more, and why. */
  readonly over: readonly { readonly notification: Notification; readonly error: FinalError }[];
  /** What is neither sent nor failed. */
  readonly open: readonly Notification[];
  /** Those of `open` that a sender could send now. */
  readonly ready: readonly Notification[];
}

/** Whether what was to be told is only old news by now. */
export function isTooLate({ createdAt }: Pick<Notification, 'createdAt'>, nowMs: number): boolean {
  return nowMs - Date.parse(createdAt) > triedMs;
}

/**
 * What is left to do of the notifications that a rule has told of, given the oldest first. One that waits for an earlier one
 * of its thread, for the time that Slack asked for or for a sender that may be at work is not ready: it would only fail, and
 * use up its message. What is too old, or too much, is over: whatever stayed pending would hold up its thread for ever.
 */
export function planSending(told: readonly Notification[], nowMs: number): SendingPlan {
  const now = isoTime(nowMs);
  const pending = told.filter(({ state }) => state === 'pending');
  const isFree = ({ claimedUntil = '' }: Notification): boolean => claimedUntil <= now;
  const errors = new Map<Notification, FinalError>();
  for (const [index, one] of pending.entries()) {
    if (!isFree(one)) continue;
    if (isTooLate(one, nowMs)) errors.set(one, { code: 'too_late', detail: messages.tooLate });
    else if (index < pending.length - mostWaiting) {
      errors.set(one, { code: 'too_many_waiting', detail: messages.tooManyWaiting(mostWaiting) });
    }
  }
  const open = pending.filter((one) => !errors.has(one));
  const ready = open.filter(
    (one) =>
      (one.notBefore ?? '') <= now &&
      isFree(one) &&
      !open.some((other) => isSameThread(one, other) && other.change < one.change),
  );
  return { over: [...errors].map(([notification, error]) => ({ notification, error })), open, ready };
}

function isSameThread(one: Notification, other: Notification): boolean {
  return one.incident === other.incident && one.target === other.target;
}
