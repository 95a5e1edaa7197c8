import type { HistogramBins, MetricPoint, Sample } from '../metric-point.ts';
import type { RefusalReason } from '../refused-points.ts';

/** Points older than the finest buckets are kept would only be seen by some queries. */
const oldestSeconds = 86_400;
/** Clocks of clients run ahead a little; more than this is wrong. */
const furthestAheadSeconds = 60;

/** What the database adds up without losing digits: with twelve decimals, as many as a hundred thousand millions of the largest. */
export const largest = 1e15;
/** What is nearer to zero than this is zero: bins would otherwise go on without end. */
export const smallest = 1e-12;
const largestCount = Number.MAX_SAFE_INTEGER;
const longestMember = 200;
/** An exponential histogram has 160 buckets on a side, each of them in five bins. */
const mostBins = 2_000;

/** Why a point is not counted, or undefined when it is. The door and the worker ask the same, so both ask of the time of the request. */
export function refusalOf({ sample, timestamp }: MetricPoint, receivedAtSeconds: number): RefusalReason | undefined {
  const at = timestamp ?? receivedAtSeconds;
  if (at < receivedAtSeconds - oldestSeconds) return 'too_old';
  // What is no number is not in the past either.
  if (!(at <= receivedAtSeconds + furthestAheadSeconds)) return 'in_future';
  return isInRange(sample) ? undefined : 'value_out_of_range';
}

function isInRange(sample: Sample): boolean {
  if ('increment' in sample) return isValue(sample.increment);
  if ('values' in sample) return sample.values.every(isValue);
  if ('bins' in sample) return areBins(sample.bins) && [sample.sum, sample.min, sample.max].every(isValueIfAny);
  if (sample.type === 's') return sample.members.every(({ length }) => length > 0 && length <= longestMember);
  if (sample.type === 'g') {
    const { last, min, max, sum, count } = sample;
    // A count of 0 is what clients tell that kept a value and measured nothing since: the value is still the last one.
    return [last, min, max, sum].every(isValue) && isCount(count);
  }
  const { cumulative } = sample;
  if (!Number.isFinite(cumulative.startSeconds)) return false;
  return 'value' in cumulative ? isValue(cumulative.value) : areBins(cumulative.bins) && isValueIfAny(cumulative.sum);
}

function areBins(bins: HistogramBins): boolean {
  return bins.length <= mostBins && bins.every(([value, count]) => isValue(value) && isCount(count));
}

function isValueIfAny(value: number | undefined): boolean {
  return value === undefined || isValue(value);
}

function isValue(value: number): boolean {
  return Math.abs(value) <= largest;
}

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= largestCount;
}
