import type { RunningTotal, Sample } from '../metric-point.ts';
import type { RefusalReason } from '../refused-points.ts';
import { type NumberPoint, toNumber } from './otlp-request.ts';

/** How a sum relates to time. */
export interface SumKind {
  readonly isCumulative: boolean;
  readonly isMonotonic: boolean;
}

/** The current value of something. */
export function gaugeSample(point: NumberPoint): Sample | RefusalReason {
  const value = numberOf(point);
  return value === undefined ? 'no_value' : { type: 'g', last: value, min: value, max: value, sum: value, count: 1 };
}

/**
 * What a sum adds: a counter. A running total that also falls (of an up-down counter: connections, queued jobs) is asked for
 * its height and not for what was added to it, and has no falls that could be told from a new beginning: it is a gauge.
 */
export function sumSample(point: NumberPoint, kind: SumKind, total: () => RunningTotal): Sample | RefusalReason {
  if (kind.isCumulative && !kind.isMonotonic) return gaugeSample(point);
  const value = numberOf(point);
  if (value === undefined) return 'no_value';
  if (!kind.isCumulative) return { type: 'c', increment: value };
  return value < 0 ? 'value_out_of_range' : { type: 'c', cumulative: { ...total(), value } };
}

function numberOf({ value, asDouble, asInt }: NumberPoint): number | undefined {
  if (value === 'asDouble') return asDouble ?? undefined;
  return value === 'asInt' ? toNumber(asInt ?? 0) : undefined;
}
