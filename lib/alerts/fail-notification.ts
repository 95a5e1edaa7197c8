import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import type { Destination } from './destination.ts';
import { finishNotification, type Notification } from './notification-store.ts';
import type { FinalError } from './plan-sending.ts';

/** What the ends of notifications to such a destination are counted under. */
export function counterOf({ kind }: Destination): string {
  return `integrations.${kind === 'webhook' ? 'webhook' : 'slack'}.metric_alert`;
}

/** Ends a notification as failed, with the reason, where operators look for it. Says false when somebody took or ended it since it was seen. */
export async function failNotification(
  app: Pick<App, 'table' | 'clock' | 'log' | 'metrics'>,
  seen: Notification,
  error: FinalError,
): Promise<boolean> {
  const failedAt = isoTime(app.clock.now());
  if (!(await finishNotification(app, seen, { state: 'failed', failedAt, error }))) return false;
  const { organization, incident, destination } = seen;
  app.metrics.count(`${counterOf(destination)}.failure`);
  app.log.warn('a notification failed for good', { organization, incident, code: error.code });
  return true;
}
