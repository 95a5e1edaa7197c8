import { isoTime } from '../platform/clock.ts';
import { neverSent } from '../slack/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { type Destination, targetOf } from './destination.ts';
import { fitNotifications } from './fit-notifications.ts';
import type { IncidentEnding, ToldStatus } from './incident-status.ts';
import type { Incident } from './incident-store.ts';
import { messages } from './messages.ts';
import type { Notification } from './notification-store.ts';
import { isSnoozed } from './rules/rule-snooze-store.ts';

/** A change of an incident that people are told of. */
export interface ToldChange {
  readonly rule: AlertRule;
  readonly incident: Pick<Incident, 'identifier' | 'projectId' | 'startedAt' | 'deeds'> &
    Partial<Pick<Incident, 'closedAt'>> & { readonly worstValue?: number | null | undefined };
  /** The number of the activity that is told of. */
  readonly change: number;
  readonly status: ToldStatus;
  readonly value: number | null;
  /** Why the incident ended, when it was not by the metric. */
  readonly ending?: IncidentEnding | undefined;
  /** Names the change in links and logs. */
  readonly notificationId: string;
  readonly nowMs: number;
  /** When it could be told at the earliest, when that was not now. */
  readonly dueAt?: string | undefined;
}

/** The intents to tell of a change, one for each destination, as many as fit. While the rule is snoozed they are stored, and not sent. */
export function planNotifications(told: ToldChange, destinations: readonly Destination[]): Notification[] {
  const byTarget = new Map<string, Destination>();
  for (const destination of destinations) {
    const target = targetOf(destination);
    if (!byTarget.has(target)) byTarget.set(target, destination);
  }
  const { rule, incident, change, status, ending, notificationId, nowMs } = told;
  const now = isoTime(nowMs);
  const isQuiet = isSnoozed(rule.snooze, nowMs);
  const planned = [...byTarget].map(([target, destination]) => ({
    organization: rule.organization,
    incident: incident.identifier,
    change,
    target,
    notificationId,
    status,
    destination,
    subject: subjectOf(told),
    ...(ending && { ending }),
    threads: rule.threads,
    broadcast: rule.broadcast,
    ...(incident.deeds && { deeds: incident.deeds }),
    createdAt: now,
    ...(told.dueAt !== undefined && { dueAt: told.dueAt }),
    ...skippedBecause(destination, isQuiet),
    ...neverSent,
  }));
  return fitNotifications(planned, rule);
}

/** What a notification keeps of the rule, so that later edits do not change what is told. */
function subjectOf({ rule, incident, value }: ToldChange): Notification['subject'] {
  const { id, name, aggregate, windowSeconds, comparisonSeconds, thresholdType, environment, owner, description } =
    rule;
  const { projectId, startedAt, closedAt, worstValue } = incident;
  return {
    ...{ ruleId: id, ruleName: name, projectId, aggregate, windowSeconds, comparisonSeconds, thresholdType },
    ...{ environment, owner, description, startedAt, value },
    ...(closedAt && { closedAt }),
    ...(worstValue !== undefined && { worst: worstValue }),
  };
}

/** Whether a destination is told; if not, why. */
export function skippedBecause(destination: Destination, isQuiet: boolean): Pick<Notification, 'state' | 'error'> {
  if (isQuiet) return { state: 'skipped', error: { code: 'snoozed', detail: messages.skippedSnoozed } };
  if (destination.kind !== 'nobody') return { state: 'pending' };
  return { state: 'skipped', error: { code: 'nobody_to_tell', detail: destination.reason } };
}
