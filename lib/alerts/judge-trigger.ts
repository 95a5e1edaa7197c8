import type { TriggerState } from './rule-state-store.ts';

/** When a trigger fires and when it resolves. */
export interface TriggerTerms {
  readonly thresholdType: 'above' | 'below';
  readonly threshold: number;
  /** Null resolves as soon as the value is back at the threshold. */
  readonly resolveThreshold: number | null;
  readonly thresholdPeriod: number;
}

/** What a value means for a trigger. */
export interface Judgement {
  readonly state: TriggerState;
  readonly change: 'fire' | 'resolve' | undefined;
  /** Whether the value counted towards a change. */
  readonly counted: 'alert' | 'resolve' | undefined;
}

/** The state of a trigger that was never judged. */
export const untouchedTrigger: TriggerState = { active: false, alertCount: 0, resolveCount: 0 };

/** Without a threshold of its own for resolving, a value this close beyond the threshold neither opens nor closes. */
const margin = 0.000_001;

/**
 * Judges one value: strictly beyond the threshold it counts towards firing, strictly on the other side of the resolve
 * threshold it counts towards resolving; so many in a row make the change, and any other value starts the count again.
 */
export function judgeTrigger(terms: TriggerTerms, before: TriggerState, value: number): Judgement {
  if (!before.active) {
    if (!isBreach(terms, value)) return { state: untouchedTrigger, change: undefined, counted: undefined };
    const alertCount = before.alertCount + 1;
    if (alertCount < terms.thresholdPeriod) {
      return { state: { ...untouchedTrigger, alertCount }, change: undefined, counted: 'alert' };
    }
    return { state: { ...untouchedTrigger, active: true }, change: 'fire', counted: 'alert' };
  }
  const stillActive: TriggerState = { active: true, alertCount: 0, resolveCount: 0 };
  if (!isOver(terms, value)) return { state: stillActive, change: undefined, counted: undefined };
  const resolveCount = before.resolveCount + 1;
  if (resolveCount < terms.thresholdPeriod) {
    return { state: { ...stillActive, resolveCount }, change: undefined, counted: 'resolve' };
  }
  return { state: untouchedTrigger, change: 'resolve', counted: 'resolve' };
}

/** How far the value lies beyond the threshold, in the direction that alerts. */
function beyond({ thresholdType }: TriggerTerms, value: number, threshold: number): number {
  return thresholdType === 'above' ? value - threshold : threshold - value;
}

function isBreach(terms: TriggerTerms, value: number): boolean {
  const distance = beyond(terms, value, terms.threshold);
  return terms.resolveThreshold === null ? distance >= margin : distance > 0;
}

function isOver(terms: TriggerTerms, value: number): boolean {
  if (terms.resolveThreshold === null) return beyond(terms, value, terms.threshold) <= 0;
  return beyond(terms, value, terms.resolveThreshold) < 0;
}
