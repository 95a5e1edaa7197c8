import type { App } from '../platform/app.ts';
import type { Queue } from '../platform/queue.ts';
import { addressOf, loadNotification } from './notification-store.ts';
import { planSending } from './plan-sending.ts';
import type { NotificationAddress } from './queue-messages.ts';
import type { RuleState } from './rule-state-store.ts';

/**
 * Queues what a rule has told of and is not sent, so that it waits for a minute and not for the queue to bring it back; says
 * what to look at again next time.
 */
export async function queueAgain(
  app: Pick<App, 'table' | 'clock'> & { readonly notifications: Queue<NotificationAddress> },
  { unconfirmed }: Pick<RuleState, 'unconfirmed'>,
): Promise<NotificationAddress[]> {
  const told = await Promise.all(unconfirmed.map((address) => loadNotification(app, address)));
  const { open, ready } = planSending(
    told.filter((notification) => notification !== undefined),
    app.clock.now(),
  );
  await app.notifications.send(ready.map(addressOf));
  return open.map(addressOf);
}
