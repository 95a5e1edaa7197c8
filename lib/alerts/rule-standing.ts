import type { AlertRule } from './alert-rule-store.ts';
import type { RuleState } from './rule-state-store.ts';
import { isSnoozed } from './rules/rule-snooze-store.ts';

/** How a rule stands, in the order in which people want to hear of it. */
const ruleStandings = ['critical', 'warning', 'unreadable', 'snoozed', 'waiting', 'fine'] as const;

/** How a rule stands: `waiting` was never looked at, of `unreadable` the metric could not be read. */
export type RuleStanding = (typeof ruleStandings)[number];

/** How a rule stands at this moment. An incident is more than that nobody is told of it. */
export function ruleStanding(
  rule: Pick<AlertRule, 'snooze'>,
  state: RuleState | undefined,
  nowMs: number,
): RuleStanding {
  if (state?.incident) return state.incident.status;
  if (state?.difficulty?.reads === 'nothing') return 'unreadable';
  if (isSnoozed(rule.snooze, nowMs)) return 'snoozed';
  return state?.lastUpdate == null ? 'waiting' : 'fine';
}
