import type { AlertRule } from '../../lib/alerts/alert-rule-store.ts';
import type { Destination } from '../../lib/alerts/destination.ts';
import {
  addressOf,
  insertNotification,
  type Notification,
  notificationsLookup,
} from '../../lib/alerts/notification-store.ts';
import { planNotifications, type ToldChange } from '../../lib/alerts/plan-notifications.ts';
import type { NotificationAddress } from '../../lib/alerts/queue-messages.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import { lookUp } from '../../lib/platform/lookup.ts';
import type { TestApp } from './app-over-engines.ts';

/** A rule as it is stored: more than 100 events in ten minutes. */
export function aRule(changes: Partial<AlertRule> & Pick<AlertRule, 'projectId'>): AlertRule {
  return {
    ...{ id: '7', organization: 'acme', name: 'My Rule', aggregate: 'count()', query: '', environment: null },
    ...{ windowSeconds: 600, resolutionSeconds: 60, thresholdType: 'above', resolveThreshold: null },
    ...{ thresholdPeriod: 1, comparisonSeconds: null, noData: 'ok', graceSeconds: 0, owner: null, description: '' },
    minimumSessions: 0,
    ...{ threads: 'thread', broadcast: true, snooze: null, revision: 1, createdAt: '2026-01-01T00:00:00.000Z' },
    triggers: [{ label: 'critical', threshold: 100, actions: [] }],
    ...changes,
  };
}

/** Stores the intents to tell of a change of the first incident, which began a minute ago, and nothing else of it. */
export async function storeTelling(
  { table, clock }: Pick<TestApp, 'table' | 'clock'>,
  { rule, ...told }: Partial<ToldChange> & Pick<ToldChange, 'rule' | 'change' | 'status'>,
  destinations: readonly Destination[],
  changes: Partial<Notification> = {},
): Promise<NotificationAddress[]> {
  const nowMs = clock.now();
  const incident = { identifier: 1, projectId: rule.projectId, startedAt: isoTime(nowMs - 60_000) };
  const common = { rule, incident, value: 101, notificationId: `u-${told.change}`, nowMs };
  const planned = planNotifications({ ...common, ...told }, destinations).map((one) => ({ ...one, ...changes }));
  await table.write(planned.map(insertNotification));
  return planned.map(addressOf);
}

/** One notification, as the last write left it. */
export async function notificationAt(
  { table }: Pick<TestApp, 'table'>,
  address: NotificationAddress,
): Promise<Notification | undefined> {
  const [[found]] = await lookUp(table, [notificationsLookup([address])]);
  return found;
}
