import { isoTime } from '../platform/clock.ts';
import type { AlertRule, AlertTrigger } from './alert-rule-store.ts';
import { type Judgement, judgeTrigger, untouchedTrigger } from './judge-trigger.ts';
import type { RuleState } from './rule-state-store.ts';

/** The rhythm of the schedule that hands out due rules. */
const scheduleSeconds = 60;

/** What one value does to a rule. */
export interface Verdict {
  readonly trigger: AlertTrigger;
  readonly judgement: Judgement;
  /** `open` needs a new incident, `close` ends the one that is open. */
  readonly transition: 'open' | 'close' | undefined;
}

/** Judges the value of the window that ends at `evaluateAtMs`. No data counts as 0. */
export function judgeRule(rule: AlertRule, state: RuleState, value: number | null, evaluateAtMs: number): Verdict {
  const trigger = criticalTrigger(rule);
  const { thresholdType, resolveThreshold, thresholdPeriod } = rule;
  const judgement = judgeTrigger(
    { thresholdType, resolveThreshold, thresholdPeriod, threshold: trigger.threshold },
    state.triggers[trigger.label] ?? untouchedTrigger,
    value ?? 0,
  );
  if (judgement.counted === 'alert' && isSettled(rule, state, evaluateAtMs)) {
    return { trigger, judgement: stillSettled, transition: undefined };
  }
  if (judgement.change === 'fire') return { trigger, judgement, transition: 'open' };
  if (judgement.change === 'resolve' && state.incident !== null) return { trigger, judgement, transition: 'close' };
  return { trigger, judgement, transition: undefined };
}

const stillSettled: Judgement = { state: untouchedTrigger, change: undefined, counted: undefined };

/** Whether the window still holds what was wrong before somebody resolved the last incident by hand. */
function isSettled({ windowSeconds }: AlertRule, { settledAt }: RuleState, evaluateAtMs: number): boolean {
  return settledAt !== undefined && evaluateAtMs - windowSeconds * 1_000 < Date.parse(settledAt);
}

/** The state after an update that changes no incident and sends nothing. */
export function stateAfter(rule: AlertRule, before: RuleState, verdict: Verdict, evaluateAtMs: number): RuleState {
  const { settledAt, ...rest } = before;
  return {
    ...rest,
    // A value that was fine, or an incident of its own, ends the time in which an old one is left alone.
    ...(settledAt !== undefined && verdict.judgement === stillSettled && { settledAt }),
    revision: before.revision + 1,
    lastUpdate: isoTime(evaluateAtMs),
    nextEvaluationAt: isoTime(nextEvaluation(rule, evaluateAtMs)),
    triggers: { ...before.triggers, [verdict.trigger.label]: verdict.judgement.state },
  };
}

/**
 * A rule is looked at in every run of the schedule; one with a longer resolution sits out the runs in between. A rule is
 * never due twice at the same moment.
 */
export function nextEvaluation(
  { resolutionSeconds }: Pick<AlertRule, 'resolutionSeconds'>,
  evaluateAtMs: number,
): number {
  return evaluateAtMs + (resolutionSeconds - scheduleSeconds) * 1_000 + 1;
}

/** Where the window began whose value made the change, counted from the first of the evaluations that had to agree. */
export function eventTime(
  rule: Pick<AlertRule, 'windowSeconds' | 'resolutionSeconds' | 'thresholdPeriod'>,
  evaluateAtMs: number,
): number {
  const { windowSeconds, resolutionSeconds, thresholdPeriod } = rule;
  return evaluateAtMs - (windowSeconds + resolutionSeconds * (thresholdPeriod - 1)) * 1_000;
}

function criticalTrigger(rule: AlertRule): AlertTrigger {
  const trigger = rule.triggers.find(({ label }) => label === 'critical');
  if (trigger === undefined) throw new TypeError(`The rule ${rule.id} has no critical trigger.`);
  return trigger;
}
