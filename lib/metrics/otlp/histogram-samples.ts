import type { HistogramBins, RunningTotal, Sample } from '../metric-point.ts';
import type { RefusalReason } from '../refused-points.ts';
import { type HistogramPoint, toNumber } from './otlp-request.ts';

/** Where the values of a point lie, when its sender says so. */
export interface Extent {
  readonly min: number;
  readonly max: number;
}

/** The values of a histogram, each bucket as so many values in its middle. */
export function histogramSample(
  point: HistogramPoint,
  total: (() => RunningTotal) | undefined,
): Sample | RefusalReason {
  const counts = point.bucketCounts.map(toNumber);
  const { explicitBounds: bounds } = point;
  if (!(fits(counts, bounds) && bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0)))) {
    return 'buckets';
  }
  // The bins of a running total must be the same ones each time, and its extremes are those of all time.
  const extent = total === undefined ? extentOf(point) : undefined;
  const bins = counts.length > 1 ? binsOf(counts, bounds, extent) : averageBin(point);
  return valuesSample(bins, point, total);
}

/** A sample of these buckets, with what the sender knows better. */
export function valuesSample(
  buckets: HistogramBins,
  point: Pick<HistogramPoint, 'sum' | 'min' | 'max'>,
  total: (() => RunningTotal) | undefined,
): Sample {
  const sum = numberIn(point.sum);
  const bins = together(buckets);
  if (total !== undefined) return { type: 'd', cumulative: { ...total(), bins, ...(sum !== undefined && { sum }) } };
  return { type: 'd', bins, ...(sum !== undefined && { sum }), ...extentOf(point) };
}

/** Two buckets may have the same middle: those beyond the first bound and the last, where there is only one. */
function together(buckets: HistogramBins): HistogramBins {
  const bins = new Map<number, number>();
  for (const [value, count] of buckets) bins.set(value, (bins.get(value) ?? 0) + count);
  return [...bins];
}

/** Where the values of a point lie; undefined when that is not told, or cannot be. */
function extentOf(point: Pick<HistogramPoint, 'min' | 'max'>): Extent | undefined {
  const min = numberIn(point.min);
  const max = numberIn(point.max);
  return min === undefined || max === undefined || min > max ? undefined : { min, max };
}

/** One count more than bounds; or neither, where only the number of values and their sum are told. */
function fits(counts: readonly number[], bounds: readonly number[]): boolean {
  return counts.length === bounds.length + 1 || (counts.length === 0 && bounds.length === 0);
}

function binsOf(counts: readonly number[], bounds: readonly number[], extent: Extent | undefined): HistogramBins {
  const bins: [number, number][] = [];
  for (const [index, count] of counts.entries()) {
    if (count > 0) bins.push([middleOf(bounds[index - 1], bounds[index], extent), count]);
  }
  return bins;
}

/** The first bucket and the last have one bound: what lies beyond is known by the extremes, or else taken to be near it. */
function middleOf(above: number | undefined, upTo: number | undefined, extent: Extent | undefined): number {
  const low = Math.max(above ?? Math.min(0, upTo ?? 0), extent?.min ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(
    upTo ?? Math.max(above ?? 0, extent?.max ?? above ?? 0),
    extent?.max ?? Number.POSITIVE_INFINITY,
  );
  return low <= high ? low + (high - low) / 2 : (upTo ?? above ?? 0);
}

function averageBin(point: HistogramPoint): HistogramBins {
  const count = point.bucketCounts.length === 1 ? toNumber(point.bucketCounts[0] ?? 0) : toNumber(point.count);
  return count === 0 ? [] : [[(numberIn(point.sum) ?? 0) / count, count]];
}

function numberIn(value: number | null | undefined): number | undefined {
  return value === null || value === undefined || Number.isNaN(value) ? undefined : value;
}
