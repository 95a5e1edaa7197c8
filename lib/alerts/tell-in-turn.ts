import { lookUp } from '../platform/lookup.ts';
import type { Queue } from '../platform/queue.ts';
import { AskedToWaitError, EarlierPendingError } from './not-yet.ts';
import { addressOf, loadNotifications, notificationsLookup } from './notification-store.ts';
import { planSending } from './plan-sending.ts';
import type { NotificationMessage } from './queue-messages.ts';
import { type RenderApp, renderAlert } from './render-alert.ts';

/** What telling in turn needs of the outside world. */
export type TellingApp = RenderApp & { readonly notifications: Queue<NotificationMessage> };

/** The longest that SQS holds a message back. */
const longestDelaySeconds = 900;

/**
 * Sends a notification and queues the one that waited for it. When its target asks to wait, its message comes again when that
 * is over, however seldom the rule is looked at:
 *
 *     message ─ sent or failed ──────→ the next of its thread
 *             ─ asked to wait ───────→ a message with the number of the attempt, after the pause ─ …
 *             ─ an earlier one waits ─→ nothing: see the first line
 *             ─ anything else ───────→ the queue brings it back
 *
 * Only the message of the last attempt goes on, so that there is one however many came, and none once a day is over.
 * @throws UnavailableError and what the Slack client throws when the queue is to bring the message back
 */
export async function tellInTurn(app: TellingApp, message: NotificationMessage): Promise<void> {
  try {
    await renderAlert(app, message);
  } catch (error) {
    if (error instanceof EarlierPendingError) return;
    return putOff(app, message, error);
  }
  await queueNext(app, message);
}

async function putOff(app: TellingApp, message: NotificationMessage, error: unknown): Promise<void> {
  const [[stored]] = await lookUp(app.table, [notificationsLookup([message])]);
  const pauseMs = Date.parse(stored?.notBefore ?? '') - app.clock.now();
  if (stored?.state !== 'pending' || !(pauseMs > 0)) throw error;
  const { attempts, organization, incident } = stored;
  if (error instanceof AskedToWaitError && message.attempts !== attempts) {
    // Of an earlier attempt: another message has taken over.
    if (message.attempts !== undefined) return;
    throw error;
  }
  const delaySeconds = Math.min(Math.ceil(pauseMs / 1_000), longestDelaySeconds);
  await app.notifications.send([{ ...addressOf(stored), attempts }], { delaySeconds });
  app.log.warn('a notification was put off', { organization, incident, attempts, delaySeconds, cause: String(error) });
}

/** Read anew: whoever came too early for it saw the one before it without an end, and left. */
async function queueNext(app: TellingApp, { target, ...at }: NotificationMessage): Promise<void> {
  const ofTarget = (await loadNotifications(app, at)).filter((one) => one.target === target);
  const { over, ready } = planSending(ofTarget, app.clock.now());
  // What waited for too long is ended by its own message, and stands in the way of the others until then.
  const [next] = [...over.map(({ notification }) => notification), ...ready];
  if (next !== undefined) await app.notifications.send([addressOf(next)]);
}
