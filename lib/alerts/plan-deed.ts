import { isInSlack } from './destination.ts';
import type { IncidentDeed } from './incident-deed.ts';
import type { Incident, IncidentActivity } from './incident-store.ts';
import { addressOf, type Notification } from './notification-store.ts';
import type { RuleState } from './rule-state-store.ts';
import { settleStanding } from './settle-standing.ts';

/** What a person does, to which incident, and what was told of it so far. */
export interface DeedOccasion {
  readonly deed: IncidentDeed;
  readonly state: RuleState;
  readonly open: NonNullable<RuleState['incident']>;
  readonly told: readonly Notification[];
  /** Names the change in links and logs. */
  readonly notificationId: string;
}

/** The end of an incident that its rule follows no more; there may be no state of the rule either. */
export interface LateEnd extends Pick<DeedOccasion, 'deed' | 'told' | 'notificationId'> {
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
  const notifications = notificationsOf(occasion, number);
  const common = {
    ...state,
    revision: state.revision + 1,
    unconfirmed: [...state.unconfirmed, ...notifications.map(addressOf)],
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
export function planLateEnd({ deed, state, incident, activities, told, notificationId }: LateEnd): PlannedDeed {
  const { organization, identifier, status, deeds } = incident;
  const number = (activities.at(-1)?.number ?? 0) + 1;
  const notifications = notificationsOf({ deed, open: { status: 'critical', deeds }, told, notificationId }, number);
  return {
    next: state && {
      ...state,
      revision: state.revision + 1,
      unconfirmed: [...state.unconfirmed, ...notifications.map(addressOf)],
    },
    activity: {
      ...{ organization, identifier, number, at: deed.at, actor: deed.by.userId },
      ...{ type: 'status_change', from: status, to: 'closed', notificationId },
    },
    notifications,
  };
}

interface Telling extends Pick<DeedOccasion, 'deed' | 'told' | 'notificationId'> {
  readonly open: {
    readonly status: DeedOccasion['open']['status'];
    readonly deeds?: readonly IncidentDeed[] | undefined;
  };
}

/** Tells every target what it was told of before, with the deed. Where nothing could be posted, nothing is to be brought up to date. */
function notificationsOf({ deed, open, told, notificationId }: Telling, change: number): Notification[] {
  const newest = new Map(told.map((notification) => [notification.target, notification]));
  const reached = told.filter(({ state }) => state === 'pending' || state === 'sent');
  const posted = new Set(reached.filter(({ destination }) => isInSlack(destination)).map(({ target }) => target));
  const tried = new Set(told.filter(({ state }) => state !== 'skipped').map(({ target }) => target));
  return [...newest.values()]
    .filter(({ target }) => (deed.kind === 'resolved' ? tried : posted).has(target))
    .map(({ organization, incident, target, destination, subject, threads, broadcast }) => ({
      organization,
      incident,
      change,
      target,
      notificationId,
      status: deed.kind === 'resolved' ? 'closed' : open.status,
      destination,
      subject: deed.kind === 'resolved' ? { ...subject, closedAt: deed.at } : subject,
      threads,
      broadcast,
      deeds: [...(open.deeds ?? []), deed],
      ...(deed.kind === 'acknowledged' && { onlyOnFirst: true }),
      createdAt: deed.at,
      state: 'pending',
      attempts: 0,
      mayBePosted: false,
    }));
}
