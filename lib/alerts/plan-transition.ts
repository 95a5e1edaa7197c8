import { isoTime } from '../platform/clock.ts';
import { type AlertAction, type AlertRule, isChannel } from './alert-rule-store.ts';
import type { ToldStatus } from './incident-status.ts';
import type { Incident, IncidentActivity } from './incident-store.ts';
import type { Notification } from './notification-store.ts';
import { eventTime } from './plan-evaluation.ts';
import { planNotifications } from './plan-notifications.ts';
import type { RuleState } from './rule-state-store.ts';

/** What happened, and when. */
export interface Occasion {
  readonly rule: AlertRule;
  readonly projectId: string;
  readonly value: number | null;
  readonly actions: readonly AlertAction[];
  readonly evaluateAtMs: number;
  readonly nowMs: number;
  /** Names the change in links and logs. */
  readonly notificationId: string;
}

/** All that a change of an incident writes, beside the state of the rule. */
export interface Transition {
  readonly change:
    | { readonly kind: 'open'; readonly incident: Incident }
    | { readonly kind: 'close'; readonly identifier: number; readonly closedAt: string };
  readonly activities: readonly IncidentActivity[];
  readonly notifications: readonly Notification[];
  /** What the rule's state keeps of the incident; null when it is over. */
  readonly kept: RuleState['incident'];
}

type OpenIncident = NonNullable<RuleState['incident']>;

/** A new incident, critical from the start. */
export function openIncident(occasion: Occasion, identifier: number): Transition {
  const { rule, projectId, evaluateAtMs, nowMs, notificationId } = occasion;
  const { organization } = rule;
  const startedAt = isoTime(eventTime(rule, evaluateAtMs));
  const now = isoTime(nowMs);
  const incident: Incident = {
    organization,
    identifier,
    ruleId: rule.id,
    projectId,
    status: 'critical',
    startedAt,
    detectedAt: isoTime(evaluateAtMs),
    createdAt: now,
    closedAt: null,
  };
  const at = { organization, identifier };
  const activities: IncidentActivity[] = [
    { ...at, number: 1, type: 'detected', at: startedAt },
    { ...at, number: 2, type: 'created', at: now },
    { ...at, number: 3, type: 'status_change', at: now, from: 'open', to: 'critical', notificationId },
  ];
  return {
    change: { kind: 'open', incident },
    activities,
    notifications: notificationsOf(occasion, { ...incident, change: 3, status: 'critical' }),
    kept: { identifier, startedAt, status: 'critical', activities: 3 },
  };
}

/** The end of the incident that is open. */
export function closeIncident(occasion: Occasion, open: OpenIncident): Transition {
  const { rule, evaluateAtMs, notificationId } = occasion;
  const { identifier, startedAt, deeds } = open;
  const { change, activity } = ending(occasion, open, eventTime(rule, evaluateAtMs));
  return {
    change,
    activities: [{ ...activity, notificationId }],
    notifications: notificationsOf(occasion, {
      identifier,
      startedAt,
      closedAt: change.closedAt,
      ...(deeds && { deeds }),
      change: activity.number,
      status: 'closed',
    }),
    kept: null,
  };
}

/** The end of the incident that is open when its project is gone: it ends now, and nobody is told. */
export function abandonIncident(
  occasion: Pick<Occasion, 'rule' | 'evaluateAtMs' | 'nowMs'>,
  open: OpenIncident,
): Transition {
  const { change, activity } = ending(occasion, open, occasion.evaluateAtMs);
  return { change, activities: [activity], notifications: [], kept: null };
}

function ending(
  { rule, nowMs }: Pick<Occasion, 'rule' | 'nowMs'>,
  { identifier, status, activities }: OpenIncident,
  closedAtMs: number,
) {
  const { organization } = rule;
  const activity: IncidentActivity = {
    organization,
    identifier,
    number: activities + 1,
    type: 'status_change',
    at: isoTime(nowMs),
    from: status,
    to: 'closed',
  };
  return { change: { kind: 'close', identifier, closedAt: isoTime(closedAtMs) } as const, activity };
}

function notificationsOf(
  { rule, projectId, value, nowMs, notificationId, actions }: Occasion,
  {
    change,
    status,
    ...incident
  }: {
    readonly identifier: number;
    readonly startedAt: string;
    readonly closedAt?: string | null;
    readonly change: number;
    readonly status: ToldStatus;
    readonly deeds?: Notification['deeds'];
  },
): Notification[] {
  const channels = actions
    .filter(isChannel)
    .map(({ type: _, ...channel }) => ({ kind: 'channel' as const, ...channel }));
  const told = { rule, incident: { ...incident, projectId }, change, status, value, notificationId, nowMs };
  return planNotifications(told, channels);
}
