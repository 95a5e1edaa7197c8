import type { CountedBuckets } from '../../metrics/index.ts';
import type { ChartPoint } from './chart-input.ts';

/** How a rule looks at the metric, and how much of that is to be seen. */
export interface Rolling {
  readonly fromMs: number;
  readonly untilMs: number;
  /** The rule's window, and how often the rule looks at it. */
  readonly windowMs: number;
  readonly everyMs: number;
  /** A moment at which it looked. */
  readonly lookedAtMs: number;
  /** What the rule warns of: of several values in one point, the worst is shown. */
  readonly thresholdType: 'above' | 'below';
}

/** More points than this would fall on the same pixels. */
export const maxPoints = 300;

/**
 * The values that the rule saw, or would have seen: the sum over its window, at the moments when it looks. Where there are
 * too many, each point is the worst of several, so that no crossing of a threshold is lost. A window without any bucket, or
 * one that reaches back behind what is kept, gives null.
 */
export function rollWindows(buckets: CountedBuckets, rolling: Rolling): ChartPoint[] {
  const { untilMs, fromMs, everyMs, lookedAtMs } = rolling;
  const last = lookedAtMs + Math.floor((untilMs - lookedAtMs) / everyMs) * everyMs;
  const count = Math.max(1, Math.floor((last - fromMs) / everyMs) + 1);
  const perPoint = Math.ceil(count / maxPoints);
  const points: ChartPoint[] = [];
  for (let endMs = last; endMs >= fromMs || points.length === 0; endMs -= perPoint * everyMs) {
    const values = Array.from({ length: perPoint }, (_, back) => sumBefore(buckets, rolling, endMs - back * everyMs));
    points.push([endMs, worst(values, rolling.thresholdType)]);
  }
  return points.reverse();
}

/** The sum of the buckets that a window touches, as `sumOverWindow` counts them. */
function sumBefore(buckets: CountedBuckets, { windowMs }: Rolling, endMs: number): number | null {
  const { bucketMs, keptFromMs, totals } = buckets;
  const startMs = Math.floor((endMs - windowMs) / bucketMs) * bucketMs;
  if (startMs < keptFromMs) return null;
  let sum: number | null = null;
  for (let at = startMs; at < endMs; at += bucketMs) {
    const total = totals.get(at);
    if (total !== undefined) sum = (sum ?? 0) + total;
  }
  return sum === null ? null : Number(sum.toFixed(9));
}

function worst(values: readonly (number | null)[], thresholdType: 'above' | 'below'): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return thresholdType === 'above' ? Math.max(...known) : Math.min(...known);
}
