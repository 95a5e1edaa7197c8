import { isoTime } from '../platform/clock.ts';
import type { Notification } from './notification-store.ts';

/** For so long a notification is tried; later it would only be old news. */
const triedMs = 86_400_000;
/** So much longer every evaluation brings an unsent one back, so that whoever sends it records that it is too late. */
const graceMs = 3_600_000;

/** Whether what was to be told is only old news by now. */
export function isTooLate({ createdAt }: Pick<Notification, 'createdAt'>, nowMs: number): boolean {
  return nowMs - Date.parse(createdAt) > triedMs;
}

/**
 * What is left to do of the notifications that a rule has told of, the oldest first: `open` are neither sent nor failed,
 * and `ready` are those of them that a sender could send now. One that waits for an earlier one of its thread, for the
 * time that Slack asked for or for a sender that may be at work would only fail, and use up its message.
 */
export function planSending(
  told: readonly Notification[],
  nowMs: number,
): { readonly open: readonly Notification[]; readonly ready: readonly Notification[] } {
  const now = isoTime(nowMs);
  const oldest = isoTime(nowMs - triedMs - graceMs);
  const open = told.filter(({ state, createdAt }) => state === 'pending' && createdAt > oldest);
  const ready = open.filter(
    (one) =>
      (one.notBefore ?? '') <= now &&
      (one.claimedUntil ?? '') <= now &&
      !open.some((other) => isSameThread(one, other) && other.change < one.change),
  );
  return { open, ready };
}

function isSameThread(one: Notification, other: Notification): boolean {
  return one.incident === other.incident && one.target === other.target;
}
