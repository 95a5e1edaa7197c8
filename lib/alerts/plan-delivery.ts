import type { Notification } from './notification-store.ts';

/** How a notification comes to its target. */
export interface DeliveryPlan {
  /** The message in whose thread it answers. */
  readonly parent?: Notification | undefined;
  /** The message that is brought up to date with it. */
  readonly refreshed?: Notification | undefined;
  /** Whether the answer is shown in the channel too. */
  readonly isBroadcast: boolean;
}

/**
 * How a notification comes to its target, by what was told there before. What failed or was skipped is no message, so that
 * nothing answers to it. Whether it is shown in the channel too follows from what it tells, however things stand by then.
 */
export function planDelivery(told: Notification, earlier: readonly Notification[]): DeliveryPlan {
  const posted = earlier
    .filter(({ messageTs, target }) => messageTs !== undefined && target === told.target)
    .toSorted((one, other) => one.change - other.change);
  if (told.threads === 'messages') return { refreshed: told.onlyOnFirst && posted.at(-1), isBroadcast: false };
  const [parent] = posted;
  return {
    parent,
    refreshed: parent,
    isBroadcast: parent !== undefined && told.broadcast && told.status === 'critical',
  };
}
