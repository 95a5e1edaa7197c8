import { isoTime } from '../platform/clock.ts';
import { eachLimited } from '../platform/each-limited.ts';
import { lookUp } from '../platform/lookup.ts';
import { projectsLookup } from '../projects/index.ts';
import { rulesLookup } from './alert-rule-store.ts';
import { type EvaluatedRule, evaluateRule } from './evaluate-rule.ts';
import type { EvaluationApp } from './evaluation-app.ts';
import { queueAgain } from './queue-again.ts';
import type { EvaluationMessage } from './queue-messages.ts';
import { type RuleReadings, readWindows } from './read-windows.ts';
import { deleteState, type RuleState, statesLookup } from './rule-state-store.ts';
import { dueWindows } from './rule-windows.ts';

/** Rules that are written at the same time: few, because those that open an incident number it with one counter. */
const rulesAtOnce = 4;
/** Of a rule of which nothing is due. */
const nothingRead: RuleReadings = { readings: new Map(), difficulty: undefined };

/**
 * Looks at some rules of a project, at all windows that had ended by `evaluateAt` and were not looked at. Safe to repeat, also
 * at the same time and late:
 *
 *     read rules, states and the project (one request) ─ then the metrics of all windows that are due (each range once)
 *          │
 *     rule by rule:  project gone? → end its evaluation, and its open incident without a word
 *                    rule gone?    → bring what is not sent yet to the queue, then forget the state
 *                    else queue again what is not sent yet, judge window after window, write, queue the notifications
 *
 * A rule that fails does not keep the others from being evaluated; the message comes again, and those that are done are not
 * done again. What takes too long to read is left to the message of the next minute.
 * @throws what the first rule that failed threw
 */
export async function evaluateAlert(app: EvaluationApp, message: EvaluationMessage): Promise<void> {
  const { organization, projectId } = message;
  const evaluateAtMs = Date.parse(message.evaluateAt);
  const ruleIds = [...new Set(message.ruleIds)];
  const [rules, states, { found }] = await lookUp(app.table, [
    rulesLookup(ruleIds),
    statesLookup(ruleIds.map((ruleId) => ({ ruleId, projectId }))),
    projectsLookup(organization, [projectId]),
  ]);
  const hasProject = found.length > 0;
  const present = ruleIds.flatMap((ruleId): EvaluatedRule[] => {
    const [rule, state] = [rules.get(ruleId), states.get(ruleId)];
    return rule === undefined || state === undefined ? [] : [{ rule, state, hasProject, evaluateAtMs }];
  });
  const wanted = present.flatMap(({ rule, state }) => {
    const { endsMs } = dueOf(rule, state, evaluateAtMs);
    return hasProject && endsMs.length > 0 ? [{ rule, endsMs, difficulty: state.difficulty }] : [];
  });
  // What is overdue goes first, so that what was left the last time is not left again; of equally due ones those of a metric stay together.
  const inTurn = wanted.toSorted(({ endsMs: [one = 0] }, { endsMs: [other = 0] }) => one - other);
  const readings = await readWindows(app, inTurn);
  const failures: unknown[] = [];
  await eachLimited(ruleIds, rulesAtOnce, async (ruleId) => {
    try {
      const one = present.find(({ rule }) => rule.id === ruleId);
      const read = readings.get(ruleId);
      if (one === undefined) await finishRule(app, { hasRule: rules.has(ruleId), state: states.get(ruleId) });
      else if (read === undefined && wanted.some(({ rule }) => rule.id === ruleId)) postpone(app, one);
      else await evaluateRule(app, one, read ?? nothingRead);
    } catch (error) {
      failures.push(error);
      app.log.warn('a rule could not be evaluated and comes again', { organization, ruleId, cause: String(error) });
    }
  });
  if (failures.length > 0) throw failures[0];
}

function dueOf(rule: EvaluatedRule['rule'], { nextEvaluationAt }: RuleState, evaluateAtMs: number) {
  return nextEvaluationAt === null ? { endsMs: [] } : dueWindows(rule, Date.parse(nextEvaluationAt), evaluateAtMs);
}

/** The schedule hands it out again in the next minute, when it is read before those that were not left. */
function postpone(app: EvaluationApp, { rule }: EvaluatedRule): void {
  app.metrics.count('incidents.alert_rules.postponed');
  app.log.warn('a rule waits for the next minute', { organization: rule.organization, ruleId: rule.id });
}

/** A rule that is gone may still have something to tell: the end of its incident. Its state goes when all of that is sent. */
async function finishRule(
  app: EvaluationApp,
  { hasRule, state }: { readonly hasRule: boolean; readonly state: RuleState | undefined },
): Promise<void> {
  const counter = hasRule ? 'ignore_deleted_project' : 'no_alert_rule_for_subscription';
  app.metrics.count(`incidents.alert_rules.${counter}`);
  if (hasRule || state === undefined || state.nextEvaluationAt === null) return;
  if (state.nextEvaluationAt > isoTime(app.clock.now())) return;
  const open = await queueAgain(app, state);
  if (open.length === 0) await app.table.write([deleteState(state)]);
}
