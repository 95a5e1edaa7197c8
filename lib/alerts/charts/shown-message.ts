import type { Notification } from '../notification-store.ts';
import { planDelivery } from '../plan-delivery.ts';

/** A message of an incident, and what it says by now. */
export interface ShownMessage {
  /** The notification whose message it is. */
  readonly message: Notification;
  /** The newest change that it tells of. */
  readonly newest: Notification;
  /** Whether a change after the one that was asked about is told there, or about to be. */
  readonly isNewer: boolean;
}

/**
 * The message on which a change is shown: the first one of its thread, or its own. `ofTarget` is all that its target was told
 * of the incident, in order. Undefined when nothing was posted that could show it.
 */
export function shownMessage(change: number, ofTarget: readonly Notification[]): ShownMessage | undefined {
  const message = messageOf(change, ofTarget);
  if (message === undefined) return undefined;
  const later = ofTarget.filter((one) => one.change > change && messageOf(one.change, ofTarget) === message);
  const newest = later.findLast(({ state }) => state === 'sent' || state === 'failed');
  const told = newest ?? ofTarget.find((one) => one.change === change);
  return told && { message, newest: told, isNewer: later.some(({ state }) => state !== 'skipped') };
}

function messageOf(change: number, ofTarget: readonly Notification[]): Notification | undefined {
  const told = ofTarget.find((one) => one.change === change);
  if (told === undefined) return undefined;
  const earlier = ofTarget.filter((one) => one.change < change);
  return planDelivery(told, earlier).refreshed ?? (told.messageTs === undefined ? undefined : told);
}
