import { isoTime } from '../platform/clock.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { IncidentActivity } from './incident-store.ts';
import type { Transition } from './plan-transition.ts';
import type { RuleState } from './rule-state-store.ts';

/** Why an incident ends that neither its metric nor a person has ended. */
export interface EndingOccasion {
  readonly rule: AlertRule;
  readonly because: NonNullable<IncidentActivity['because']>;
  readonly closedAtMs: number;
  readonly nowMs: number;
  /** Names the change in links and logs, when it is told. */
  readonly notificationId?: string;
}

/** The end of the open incident of a rule that is changed, deleted, or left without a project; nobody is told here. */
export function planEnding(
  { rule, because, closedAtMs, nowMs, notificationId }: EndingOccasion,
  { identifier, status, activities, worst, last }: NonNullable<RuleState['incident']>,
): Transition {
  const activity: IncidentActivity = {
    ...{ organization: rule.organization, identifier, number: activities + 1 },
    ...{ type: 'status_change', at: isoTime(nowMs), from: status, to: 'closed', because },
    ...(notificationId !== undefined && { notificationId }),
  };
  const values = { worstValue: worst, lastValue: last };
  return {
    change: { kind: 'turn', identifier, status: 'closed', closedAt: isoTime(closedAtMs), ...values },
    activities: [activity],
    notifications: [],
    kept: null,
  };
}
