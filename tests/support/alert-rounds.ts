import { evaluateAlert, type NotificationAddress } from '../../lib/alerts/index.ts';
import { type AlertingApp, schedule, sendErrors } from './alerting-app.ts';

/** One run of the schedule, so much later, with all that it wants to be evaluated; gives what that queues for the senders. */
export async function evaluateAfter(app: AlertingApp, passMs: number): Promise<NotificationAddress[]> {
  app.clock.advance(passMs);
  await schedule(app);
  for (const message of app.evaluations.takeAll()) await evaluateAlert(app, message);
  return app.notifications.takeAll();
}

/** The same, and what is to be told newly; what an evaluation before wanted to tell is queued again before it. */
export async function newsAfter(app: AlertingApp, passMs: number): Promise<NotificationAddress> {
  const address = (await evaluateAfter(app, passMs)).at(-1);
  if (address === undefined) throw new TypeError('nothing is to be told');
  return address;
}

/** Too many errors, evaluated: what is to be told now. */
export async function newsOfAlert(app: AlertingApp): Promise<NotificationAddress> {
  await sendErrors(app, 11);
  return newsAfter(app, 1_000);
}

/** How a notification is stored. */
export async function storedNotification(
  app: AlertingApp,
  { organization, incident, change }: NotificationAddress,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const partition = `INCIDENT#${organization}#${incident}`;
  const items = await Array.fromAsync(app.table.queryAll({ partition, beginsWith: 'NOTIFICATION#', consistent: true }));
  return items.find((item) => item['change'] === change);
}
