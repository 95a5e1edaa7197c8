import type { AlertRule } from './alert-rule-store.ts';

/** The parts of a rule that say which windows it looks at. */
export type Pace = Pick<AlertRule, 'windowSeconds' | 'resolutionSeconds' | 'thresholdPeriod'>;

/** Windows that were missed are judged later, but none that ended longer ago. */
const caughtUpMs = 3_600_000;

/** The windows to judge, by their ends, the oldest first. */
export interface DueWindows {
  readonly endsMs: readonly number[];
  /** Whether windows before the first of them were missed for good. */
  readonly isGap: boolean;
}

/** The windows of a rule that have ended by `evaluateAtMs`, from the one on that is due. They end at multiples of its resolution. */
export function dueWindows(
  { resolutionSeconds }: Pick<Pace, 'resolutionSeconds'>,
  dueMs: number,
  evaluateAtMs: number,
): DueWindows {
  const stepMs = resolutionSeconds * 1_000;
  const first = Math.ceil(Math.max(dueMs, evaluateAtMs - caughtUpMs) / stepMs) * stepMs;
  const count = Math.max(0, Math.floor((evaluateAtMs - first) / stepMs) + 1);
  return {
    endsMs: Array.from({ length: count }, (_, index) => first + index * stepMs),
    isGap: count > 0 && first - stepMs >= dueMs,
  };
}

/** The end of the first window of a rule that ends after this moment. */
export function nextWindowEnd({ resolutionSeconds }: Pick<Pace, 'resolutionSeconds'>, afterMs: number): number {
  const stepMs = resolutionSeconds * 1_000;
  return (Math.floor(afterMs / stepMs) + 1) * stepMs;
}

/** Where the window began whose value made the change, counted from the first of the windows that had to agree. */
export function eventTime({ windowSeconds, resolutionSeconds, thresholdPeriod }: Pace, endMs: number): number {
  return endMs - (windowSeconds + resolutionSeconds * (thresholdPeriod - 1)) * 1_000;
}
