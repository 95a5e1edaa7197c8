import type { AlertRule } from '../alert-rule-store.ts';
import type { RuleState } from '../rule-state-store.ts';

/** Nothing was judged yet, and the rule is due at once. */
export function firstState({ id, projectId, organization }: AlertRule, now: string): RuleState {
  return {
    ruleId: id,
    projectId,
    organization,
    revision: 1,
    lastUpdate: null,
    nextEvaluationAt: now,
    triggers: {},
    incident: null,
    unconfirmed: [],
  };
}
