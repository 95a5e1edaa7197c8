import { isoTime } from '../../platform/clock.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import type { RuleState } from '../rule-state-store.ts';
import { nextWindowEnd } from '../rule-windows.ts';

/** Nothing was judged yet; the first window is the next that ends. */
export function firstState(rule: AlertRule, now: string): RuleState {
  const { id, projectId, organization, graceSeconds, aggregate } = rule;
  return {
    ruleId: id,
    projectId,
    organization,
    revision: 1,
    lastUpdate: null,
    nextEvaluationAt: isoTime(nextWindowEnd(rule, Date.parse(now))),
    graceSeconds,
    aggregate,
    triggers: {},
    incident: null,
    unconfirmed: [],
  };
}
