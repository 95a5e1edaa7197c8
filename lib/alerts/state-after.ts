import { isoTime } from '../platform/clock.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { Judged } from './judge-update.ts';
import { outageAfter } from './outages/outage.ts';
import type { RuleState } from './rule-state-store.ts';

/** The state of a rule when the window that ended at `endMs` was judged; what a change of status makes of the incident comes on top. */
export function stateAfter(
  rule: AlertRule,
  before: RuleState,
  { standing }: Judged,
  { endMs, difficulty, isRead }: Parameters<typeof outageAfter>[1],
): RuleState {
  const { settledAt: _, difficulty: __, outage, ...rest } = before;
  const { lastUpdate, triggers, incident, settledAt } = standing;
  return {
    ...rest,
    lastUpdate,
    nextEvaluationAt: isoTime(endMs + rule.resolutionSeconds * 1_000),
    graceSeconds: rule.graceSeconds,
    aggregate: rule.aggregate,
    triggers: { ...triggers },
    incident: incident && before.incident && { ...before.incident, ...incident },
    ...(settledAt !== undefined && { settledAt }),
    ...(difficulty !== undefined && { difficulty }),
    ...(outage !== undefined && { outage: outageAfter(outage, { difficulty, endMs, isRead }) }),
  };
}
