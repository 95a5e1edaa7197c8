import type { AlertRule } from '../alert-rule-store.ts';

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

/**
 * How long a window waits for late points unless the rule says otherwise. Where windows overlap, the next one still counts
 * what comes late, which can only add to what is too much: nothing is waited for.
 */
export function usualGraceSeconds(
  rule: Pick<AlertRule, 'thresholdType' | 'windowSeconds' | 'resolutionSeconds'>,
): number {
  const overlaps = rule.windowSeconds > rule.resolutionSeconds;
  return rule.thresholdType === 'above' && overlaps ? 0 : wayOfPointsSeconds;
}
