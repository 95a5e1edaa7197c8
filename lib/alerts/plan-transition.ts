import { isoTime } from '../platform/clock.ts';
import { type AlertRule, type ChannelAction, isChannel } from './alert-rule-store.ts';
import type { ToldStatus } from './incident-status.ts';
import type { Incident, IncidentActivity } from './incident-store.ts';
import type { Judged } from './judge-update.ts';
import type { Notification } from './notification-store.ts';
import type { RuleState } from './rule-state-store.ts';
import { eventTime } from './rule-windows.ts';
import { actionsToTell } from './whom-to-tell.ts';

/** What happened, and when. */
export interface Occasion {
  readonly rule: AlertRule;
  /** The end of the window that made the change. */
  readonly endMs: number;
  readonly nowMs: number;
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
  const activities = [...(open === null ? beginnings(occasion, identifier, at) : [])];
  for (const { from, to } of judged.changes) {
    const number = (open?.activities ?? 0) + activities.length + 1;
    activities.push({ ...about(rule, identifier), number, type: 'status_change', at: isoTime(nowMs), from, to });
  }
  const last = activities.pop() as IncidentActivity;
  activities.push({ ...last, notificationId: occasion.notificationId });
  const result = { status, closedAt, worstValue: values?.worst ?? null, lastValue: values?.last ?? null };
  return {
    change:
      open === null
        ? newIncident(occasion, { identifier, startedAt, result })
        : { kind: 'turn', identifier, ...result },
    activities,
    notifications: notificationsOf(occasion, judged, {
      identifier,
      startedAt,
      change: last.number,
      deeds: open?.deeds,
    }),
    kept: judged.standing.incident && {
      ...(open?.deeds && { deeds: open.deeds }),
      ...judged.standing.incident,
      ...{ identifier, startedAt, activities: last.number },
    },
  };
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

function notificationsOf(
  { rule, nowMs, notificationId }: Occasion,
  { telling, value }: Judged,
  told: {
    readonly identifier: number;
    readonly startedAt: string;
    readonly change: number;
    readonly deeds: Notification['deeds'];
  },
): Notification[] {
  if (telling === undefined) return [];
  const actions = actionsToTell(channelsOf(rule), telling.whom, targetOf);
  return actions.map((action) =>
    notificationFor({ rule, nowMs, notificationId, value, status: telling.status, ...told }, action),
  );
}

function channelsOf({ triggers }: AlertRule) {
  return triggers.map(({ label, actions }) => ({ label, actions: actions.filter(isChannel) }));
}

/** The intent to tell a channel of a change. */
export function notificationFor(
  told: Pick<Occasion, 'rule' | 'nowMs' | 'notificationId'> & {
    readonly identifier: number;
    readonly startedAt: string;
    readonly change: number;
    readonly status: ToldStatus;
    readonly value: number | null;
    readonly deeds: Notification['deeds'];
  },
  action: ChannelAction,
): Notification {
  const { rule, nowMs, notificationId, identifier, startedAt, change, status, value, deeds } = told;
  const { teamId, channelId, channelName } = action;
  const { id: ruleId, name: ruleName, organization, projectId, aggregate, windowSeconds } = rule;
  return {
    ...{ organization, incident: identifier, change, target: targetOf(action), notificationId, status },
    channel: { teamId, channelId, channelName },
    subject: { ruleId, ruleName, projectId, aggregate, windowSeconds, startedAt, value },
    ...(deeds && { deeds }),
    createdAt: isoTime(nowMs),
    ...{ state: 'pending', attempts: 0, mayBePosted: false },
  };
}

/** Two actions with the same target tell it once. */
function targetOf({ type, teamId, channelId }: ChannelAction): string {
  return `${type}:${teamId}:${channelId}`;
}
