import { neverSent } from '../slack/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { type Destination, isInSlack } from './destination.ts';
import { fitNotifications } from './fit-notifications.ts';
import type { IncidentActivity } from './incident-activity-store.ts';
import type { IncidentDeed } from './incident-deed.ts';
import type { Incident } from './incident-store.ts';
import { addressOf, type Notification } from './notification-store.ts';
import { planNotifications, skippedBecause } from './plan-notifications.ts';
import type { RuleState } from './rule-state-store.ts';
import { isSnoozed } from './rules/rule-snooze-store.ts';
import { settleStanding } from './settle-standing.ts';

/** What a person does, to which incident, and what was told of it so far. */
export interface DeedOccasion {
  readonly deed: IncidentDeed;
  readonly state: RuleState;
  readonly open: NonNullable<RuleState['incident']>;
  readonly told: readonly Notification[];
  /** It may be gone. */
  readonly rule: AlertRule | undefined;
  /** Where those are who want to hear how it ends, beside those who were told. */
  readonly subscribers: readonly Destination[];
  /** Names the change in links and logs. */
  readonly notificationId: string;
}

/** The end of an incident that its rule follows no more; there may be no state of the rule either. */
export interface LateEnd extends Pick<DeedOccasion, 'deed' | 'told' | 'rule' | 'subscribers' | 'notificationId'> {
  readonly state: RuleState | undefined;
  readonly incident: Incident;
  readonly activities: readonly IncidentActivity[];
}

/** All that it writes, beside the incident itself. */
export interface PlannedDeed {
  readonly next: RuleState | undefined;
  readonly activity: IncidentActivity;
  readonly notifications: readonly Notification[];
}

/**
 * What a person's deed comes to. An acknowledged incident goes on as before. A resolved one is over: the rule begins anew,
 * and what was wrong before that moment opens no other incident.
 */
export function planDeed(occasion: DeedOccasion): PlannedDeed {
  const { deed, state, open, notificationId } = occasion;
  const { organization } = state;
  const number = open.activities + 1;
  const { identifier, startedAt, status, deeds: before, worst, last } = open;
  const ofIncident = { identifier, startedAt, projectId: state.projectId, status, deeds: before, worst, last };
  const notifications = notificationsOf(occasion, ofIncident, number);
  const common = {
    ...state,
    revision: state.revision + 1,
    unconfirmed: [...state.unconfirmed, ...toSend(notifications).map(addressOf)],
  };
  const about = { organization, identifier: open.identifier, number, at: deed.at, actor: deed.by.userId };
  if (deed.kind === 'acknowledged') {
    const deeds = [...(open.deeds ?? []), deed];
    return {
      next: { ...common, incident: { ...open, activities: number, deeds } },
      activity: { ...about, type: 'acknowledged', notificationId },
      notifications,
    };
  }
  return {
    next: { ...common, ...settleStanding(state, deed.at) },
    activity: { ...about, type: 'status_change', from: open.status, to: 'closed', notificationId },
    notifications,
  };
}

/**
 * What resolving an incident comes to that its rule follows no more: no evaluation would ever end it. The rule goes on as it
 * stands, whatever it follows by now, and only remembers whom is to be told.
 */
export function planLateEnd(end: LateEnd): PlannedDeed {
  const { deed, state, incident, activities, notificationId } = end;
  const {
    organization,
    identifier,
    startedAt,
    projectId,
    status,
    deeds,
    worstValue = null,
    lastValue = null,
  } = incident;
  const number = (activities.at(-1)?.number ?? 0) + 1;
  const ofIncident = {
    identifier,
    startedAt,
    projectId,
    status: 'critical',
    deeds,
    worst: worstValue,
    last: lastValue,
  } as const;
  const notifications = notificationsOf(end, ofIncident, number);
  return {
    next: state && {
      ...state,
      revision: state.revision + 1,
      unconfirmed: [...state.unconfirmed, ...toSend(notifications).map(addressOf)],
    },
    activity: {
      ...{ organization, identifier, number, at: deed.at, actor: deed.by.userId },
      ...{ type: 'status_change', from: status, to: 'closed', notificationId },
    },
    notifications,
  };
}

function toSend(notifications: readonly Notification[]): readonly Notification[] {
  return notifications.filter(({ state }) => state === 'pending');
}

/** The incident as it was until then. */
interface OfIncident {
  readonly identifier: number;
  readonly startedAt: string;
  readonly projectId: string;
  readonly status: NonNullable<RuleState['incident']>['status'];
  readonly deeds?: readonly IncidentDeed[] | undefined;
  readonly worst: number | null;
  readonly last: number | null;
}

type Telling = Pick<DeedOccasion, 'deed' | 'told' | 'rule' | 'subscribers' | 'notificationId'>;

/** Tells every target what it was told of before, with the deed; and of the end those who want to hear of it: as many as fit. */
function notificationsOf(telling: Telling, incident: OfIncident, change: number): Notification[] {
  const again = toldAgain(telling, incident, change);
  if (telling.deed.kind !== 'resolved') return fitNotifications(again, telling.rule);
  const targets = new Set(again.map(({ target }) => target));
  const first = toldFirst(telling, incident, change).filter(({ target }) => !targets.has(target));
  return fitNotifications([...again, ...first], telling.rule);
}

/**
 * Where nothing could be posted, nothing is to be brought up to date. While the rule is snoozed for everybody, an end is shown on
 * the messages that stand in Slack, which tells nobody anew, and is told nowhere else.
 */
function toldAgain(
  { deed, told, rule, notificationId }: Telling,
  incident: OfIncident,
  change: number,
): Notification[] {
  const newest = new Map(told.map((notification) => [notification.target, notification]));
  const reached = told.filter(({ state }) => state === 'pending' || state === 'sent');
  const posted = new Set(reached.filter(({ destination }) => isInSlack(destination)).map(({ target }) => target));
  const tried = new Set(told.filter(({ state }) => state !== 'skipped').map(({ target }) => target));
  const isEnd = deed.kind === 'resolved';
  const isQuiet = isSnoozed(rule?.snooze, Date.parse(deed.at));
  const isOnlyShown = (target: string) => posted.has(target) && (!isEnd || isQuiet);
  return [...newest.values()]
    .filter(({ target }) => (isEnd ? tried : posted).has(target))
    .map(({ organization, target, destination, subject, threads, broadcast }) => ({
      organization,
      incident: incident.identifier,
      change,
      target,
      notificationId,
      status: isEnd ? 'closed' : incident.status,
      destination,
      subject: isEnd
        ? { ...subject, closedAt: deed.at, value: incident.last, worst: incident.worst ?? subject.worst }
        : subject,
      threads,
      broadcast,
      deeds: [...(incident.deeds ?? []), deed],
      createdAt: deed.at,
      ...(isOnlyShown(target) ? { onlyOnFirst: true, state: 'pending' } : skippedBecause(destination, isQuiet)),
      ...neverSent,
    }));
}

function toldFirst(
  { deed, rule, subscribers, notificationId }: Telling,
  incident: OfIncident,
  change: number,
): Notification[] {
  if (rule === undefined) return [];
  const { identifier, startedAt, projectId, worst, last: value } = incident;
  const deeds = [...(incident.deeds ?? []), deed];
  const ended = { identifier, startedAt, projectId, closedAt: deed.at, worstValue: worst, deeds };
  const nowMs = Date.parse(deed.at);
  return planNotifications(
    { rule, incident: ended, change, status: 'closed', value, notificationId, nowMs },
    subscribers,
  );
}
