import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { mapLimited } from '../platform/map-limited.ts';
import type { Queue } from '../platform/queue.ts';
import { failNotification } from './fail-notification.ts';
import { addressOf, notificationsLookup } from './notification-store.ts';
import { planSending } from './plan-sending.ts';
import type { NotificationAddress } from './queue-messages.ts';
import type { RuleState } from './rule-state-store.ts';

const writesAtOnce = 8;

/**
 * Queues what a rule has told of and is not sent, so that it waits for a minute and not for the queue to bring it back; ends
 * what is not to be tried any more. Says what to look at again next time: all that has no end yet.
 */
export async function queueAgain(
  app: Pick<App, 'table' | 'clock' | 'log' | 'metrics'> & { readonly notifications: Queue<NotificationAddress> },
  { unconfirmed }: Pick<RuleState, 'unconfirmed'>,
): Promise<NotificationAddress[]> {
  if (unconfirmed.length === 0) return [];
  const [told] = await lookUp(app.table, [notificationsLookup(unconfirmed)]);
  const { over, open, ready } = planSending(told, app.clock.now());
  const kept = await mapLimited(over, writesAtOnce, async ({ notification, error }) =>
    // Somebody may have taken it since; then it is theirs to end.
    (await failNotification(app, notification, error)) ? [] : [addressOf(notification)],
  );
  await app.notifications.send(ready.map(addressOf));
  return [...kept.flat(), ...open.map(addressOf)];
}
