import { isoTime } from '../platform/clock.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { Destination } from './destination.ts';
import type { IncidentActivity } from './incident-activity-store.ts';
import type { Incident } from './incident-store.ts';
import type { Judged } from './judge-update.ts';
import type { Notification } from './notification-store.ts';
import { planNotifications } from './plan-notifications.ts';
import type { RuleState } from './rule-state-store.ts';
import { eventTime } from './rule-windows.ts';

/** What happened, and when. */
export interface Occasion {
  readonly rule: AlertRule;
  /** The end of the window that made the change. */
  readonly endMs: number;
  readonly nowMs: number;
  /** Where those are who are told of it. */
  readonly destinations: readonly Destination[];
  /** Names the change in links and logs. */
  readonly notificationId: string;
}

/** All that a change of an incident writes, beside the state of the rule. */
export interface Transition {
  readonly change:
    | { readonly kind: 'open'; readonly incident: Incident }
    | ({ readonly kind: 'turn'; readonly identifier: number } & Pick<
        Incident,
        'status' | 'closedAt' | 'worstValue' | 'lastValue'
      >);
  readonly activities: readonly IncidentActivity[];
  readonly notifications: readonly Notification[];
  /** What the rule's state keeps of the incident; null when it is over. */
  readonly kept: RuleState['incident'];
}

type OpenIncident = NonNullable<RuleState['incident']>;

/** What a judgement that changes the status comes to: a new incident with this number, or what becomes of the one that is open. */
export function planTransition(
  occasion: Occasion,
  open: OpenIncident | null,
  judged: Judged,
  identifier: number,
): Transition {
  const { rule, nowMs } = occasion;
  const at = isoTime(eventTime(rule, occasion.endMs));
  const startedAt = open?.startedAt ?? at;
  const values = judged.ended ?? judged.standing.incident;
  const status = judged.changes.at(-1)?.to ?? 'closed';
  const closedAt = status === 'closed' ? at : null;
  const activities = activitiesOf(occasion, open, judged, identifier);
  const changed = (open?.activities ?? 0) + activities.length;
  const result = { status, closedAt, worstValue: values?.worst ?? null, lastValue: values?.last ?? null };
  return {
    change:
      open === null
        ? newIncident(occasion, { identifier, startedAt, result })
        : { kind: 'turn', identifier, ...result },
    activities,
    notifications: planNotifications(
      {
        ...{ rule, nowMs, notificationId: occasion.notificationId, change: changed },
        dueAt: isoTime(occasion.endMs + rule.graceSeconds * 1_000),
        ...{ status: judged.telling?.status ?? 'closed', value: judged.value },
        incident: {
          ...{ identifier, projectId: rule.projectId, startedAt, closedAt, worstValue: result.worstValue },
          deeds: open?.deeds,
        },
      },
      judged.telling === undefined ? [] : occasion.destinations,
    ),
    kept: judged.standing.incident && {
      ...(open?.deeds && { deeds: open.deeds }),
      ...judged.standing.incident,
      ...{ identifier, startedAt, activities: changed },
    },
  };
}

/** What happened to the incident, in its order; the last of it is what people are told of. */
function activitiesOf(
  occasion: Occasion,
  open: OpenIncident | null,
  { changes }: Judged,
  identifier: number,
): IncidentActivity[] {
  const { rule, endMs, nowMs, notificationId } = occasion;
  const activities = open === null ? beginnings(occasion, identifier, isoTime(eventTime(rule, endMs))) : [];
  for (const { from, to } of changes) {
    const number = (open?.activities ?? 0) + activities.length + 1;
    activities.push({ ...about(rule, identifier), number, type: 'status_change', at: isoTime(nowMs), from, to });
  }
  const last = activities.pop() as IncidentActivity;
  return [...activities, { ...last, notificationId }];
}

function newIncident(
  { rule, endMs, nowMs }: Occasion,
  {
    identifier,
    startedAt,
    result,
  }: Pick<OpenIncident, 'identifier' | 'startedAt'> & { readonly result: Pick<Incident, 'status' | 'closedAt'> },
): Transition['change'] {
  const { id: ruleId, projectId } = rule;
  const times = { startedAt, detectedAt: isoTime(endMs), createdAt: isoTime(nowMs) };
  return { kind: 'open', incident: { ...about(rule, identifier), ruleId, projectId, ...times, ...result } };
}

function beginnings({ rule, nowMs }: Occasion, identifier: number, startedAt: string): IncidentActivity[] {
  return [
    { ...about(rule, identifier), number: 1, type: 'detected', at: startedAt },
    { ...about(rule, identifier), number: 2, type: 'created', at: isoTime(nowMs) },
  ];
}

function about({ organization }: AlertRule, identifier: number) {
  return { organization, identifier };
}
