import type { App } from '../platform/app.ts';
import type { Queue } from '../platform/queue.ts';
import type { NotificationAddress } from './queue-messages.ts';

/** Queues notifications that are stored already: what the queue does not take now, the next evaluation of their rule brings to it. */
export async function queueSoon(
  app: Pick<App, 'log'> & { readonly notifications: Queue<NotificationAddress> },
  told: readonly NotificationAddress[],
): Promise<void> {
  try {
    await app.notifications.send(told);
  } catch (error) {
    app.log.warn('notifications wait for the next evaluation', { cause: String(error) });
  }
}
