import type { AlertRule } from '../alert-rule-store.ts';
import { isCounting, type Measured } from '../measure.ts';

/** The longer the window, the less one minute changes it. */
const paces = [
  { windowSeconds: 1_440 * 60, minutes: 15 },
  { windowSeconds: 240 * 60, minutes: 5 },
  { windowSeconds: 60 * 60, minutes: 3 },
  { windowSeconds: 30 * 60, minutes: 2 },
];

/** How often a rule is looked at, in seconds; a comparison reads twice as much, so half as often. */
export function resolutionSecondsOf(rule: Pick<AlertRule, 'windowSeconds' | 'comparisonSeconds'>): number {
  const { minutes = 1 } = paces.find(({ windowSeconds }) => rule.windowSeconds >= windowSeconds) ?? {};
  return minutes * 60 * (rule.comparisonSeconds === null ? 1 : 2);
}

/** Points wait this long to be counted, and a little for the way. */
const wayOfPointsSeconds = 15;

/** Of a window this long, what comes late is little, and the next one still counts it. */
const longWindowSeconds = 5 * 60;

/**
 * How long a window waits for late points unless the rule says otherwise. What comes late can only add to a count, so that a
 * count that is too much already need not wait for it. Without it an average, a share or a quantile may be anything.
 */
export function usualGraceSeconds(rule: Measured & Pick<AlertRule, 'thresholdType' | 'windowSeconds'>): number {
  const isSafe = rule.thresholdType === 'above' && rule.windowSeconds >= longWindowSeconds && isCounting(rule);
  return isSafe ? 0 : wayOfPointsSeconds;
}
