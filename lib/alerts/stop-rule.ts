import { randomUUID } from 'node:crypto';
import type { App } from '../platform/app.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { planEnding } from './plan-ending.ts';
import type { RuleState } from './rule-state-store.ts';
import { saveEvaluation } from './save-evaluation.ts';

/**
 * Ends the evaluation of a rule whose project is gone: the rule is never due again. An open incident is closed without a
 * word, for nobody is left to act on it and nothing else would ever close it. Says false when somebody else wrote in
 * between: then look again.
 */
export async function stopRule(
  app: Pick<App, 'table' | 'clock'>,
  rule: AlertRule,
  before: RuleState,
  evaluateAtMs: number,
): Promise<boolean> {
  if (before.nextEvaluationAt === null) return true;
  const { incident } = before;
  const nowMs = app.clock.now();
  const because = 'project-deleted';
  const occasion = {
    rule,
    because,
    closedAtMs: evaluateAtMs,
    nowMs,
    destinations: [],
    notificationId: randomUUID(),
  } as const;
  const end = incident === null ? undefined : planEnding(occasion, incident);
  const revision = before.revision + 1;
  const next = { ...before, revision, nextEvaluationAt: null, triggers: {}, incident: null, unconfirmed: [] };
  return (await saveEvaluation(app, { before, next }, end)) === 'saved';
}
