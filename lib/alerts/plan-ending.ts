import { isoTime } from '../platform/clock.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { Destination } from './destination.ts';
import type { IncidentActivity } from './incident-activity-store.ts';
import { planNotifications } from './plan-notifications.ts';
import type { Transition } from './plan-transition.ts';
import type { RuleState } from './rule-state-store.ts';

/** Why an incident ends that neither its metric nor a person has ended. */
export interface EndingOccasion {
  readonly rule: AlertRule;
  readonly because: NonNullable<IncidentActivity['because']>;
  readonly closedAtMs: number;
  readonly nowMs: number;
  /** Where those are who are told of it; nobody is told of a project's end, for nobody is left to act. */
  readonly destinations: readonly Destination[];
  /** Names the change in links and logs. */
  readonly notificationId: string;
}

/** The end of the open incident of a rule that is changed, deleted, or left without a project. */
export function planEnding(
  { rule, because, closedAtMs, nowMs, destinations, notificationId }: EndingOccasion,
  open: NonNullable<RuleState['incident']>,
): Transition {
  const { identifier, startedAt, status, worst: worstValue, last: lastValue, deeds } = open;
  const change = open.activities + 1;
  const closedAt = isoTime(closedAtMs);
  const activity: IncidentActivity = {
    ...{ organization: rule.organization, identifier, number: change, notificationId },
    ...{ type: 'status_change', at: isoTime(nowMs), from: status, to: 'closed', because },
  };
  const told = {
    ...{ rule, change, value: lastValue, notificationId, nowMs },
    status: 'closed',
    incident: { identifier, projectId: rule.projectId, startedAt, closedAt, worstValue, deeds },
    ...(because !== 'project-deleted' && { ending: because }),
  } as const;
  return {
    change: { kind: 'turn', identifier, status: 'closed', closedAt, worstValue, lastValue },
    activities: [activity],
    notifications: planNotifications(told, destinations),
    kept: null,
  };
}
