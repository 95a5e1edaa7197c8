import type { IncidentDeed } from './incident-deed.ts';
import type { IncidentActivity } from './incident-store.ts';
import { addressOf, type Notification } from './notification-store.ts';
import type { RuleState } from './rule-state-store.ts';

/** What a person does, to which incident, and what was told of it so far. */
export interface DeedOccasion {
  readonly deed: IncidentDeed;
  readonly state: RuleState;
  readonly open: NonNullable<RuleState['incident']>;
  readonly told: readonly Notification[];
  /** Names the change in links and logs. */
  readonly notificationId: string;
}

/** All that it writes, beside the incident itself. */
export interface PlannedDeed {
  readonly next: RuleState;
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
    next: { ...common, incident: null, triggers: {}, settledAt: deed.at },
    activity: { ...about, type: 'status_change', from: open.status, to: 'closed', notificationId },
    notifications,
  };
}

/** Tells every target what it was told of before, with the deed. Where nothing could be posted, nothing is to be brought up to date. */
function notificationsOf({ deed, open, told, notificationId }: DeedOccasion, change: number): Notification[] {
  const newest = new Map(told.map((notification) => [notification.target, notification]));
  const posted = new Set(told.filter(({ state }) => state !== 'failed').map(({ target }) => target));
  return [...newest.values()]
    .filter(({ target }) => deed.kind === 'resolved' || posted.has(target))
    .map(({ organization, incident, target, channel, subject }) => ({
      organization,
      incident,
      change,
      target,
      notificationId,
      status: deed.kind === 'resolved' ? 'closed' : open.status,
      channel,
      subject,
      deeds: [...(open.deeds ?? []), deed],
      ...(deed.kind === 'acknowledged' && { onlyOnFirst: true }),
      createdAt: deed.at,
      state: 'pending',
      attempts: 0,
      mayBePosted: false,
    }));
}
