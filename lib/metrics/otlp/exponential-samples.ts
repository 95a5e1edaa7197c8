import type { HistogramBins, RunningTotal, Sample } from '../metric-point.ts';
import type { RefusalReason } from '../refused-points.ts';
import { relativeError } from '../sketches/quantile-sketch.ts';
import { valuesSample } from './histogram-samples.ts';
import { type ExponentialBuckets, type ExponentialPoint, toNumber } from './otlp-request.ts';

/** How wide a bin of ours is, as a logarithm. */
const ourWidth = Math.log((1 + relativeError) / (1 - relativeError));
/** Finer pieces would only cost: nobody knows where in a bucket its values lie. */
const mostPieces = 5;
/** More than senders have (160 on a side) is not meant well. */
const mostBuckets = 4_096;

/**
 * The values of an exponential histogram. A bucket of scale 6 or finer is narrower than a bin of ours and is as exact as that;
 * a wider one is spread evenly over as many places as it covers bins, five at most.
 */
export function exponentialSample(
  point: ExponentialPoint,
  total: (() => RunningTotal) | undefined,
): Sample | RefusalReason {
  const sides = [point.positive, point.negative].map((side) => side ?? { offset: 0, bucketCounts: [] });
  if (sides.some(({ bucketCounts }) => bucketCounts.length > mostBuckets)) return 'buckets';
  const [positive, negative] = sides.map((side) => binsOf(side, point.scale));
  const zeros = toNumber(point.zeroCount);
  const bins = [
    ...(negative ?? []).map(([value, count]) => [-value, count] as const),
    ...(zeros === 0 ? [] : [[0, zeros] as const]),
    ...(positive ?? []),
  ];
  return valuesSample(bins, point, total);
}

/** Bucket i holds what is above base to the power of i and up to base to the power of i + 1. */
function binsOf({ offset, bucketCounts }: ExponentialBuckets, scale: number): HistogramBins {
  const width = Math.LN2 * 2 ** -scale;
  const pieces = Math.min(mostPieces, Math.max(1, Math.ceil(width / ourWidth)));
  const order = fromTheMiddle(pieces);
  const bins: [number, number][] = [];
  for (const [index, wide] of bucketCounts.entries()) {
    const count = toNumber(wide);
    if (count === 0) continue;
    for (let piece = 0; piece < pieces; piece += 1) {
      // What a place has never falls while the count of its bucket rises, so that running totals can be subtracted.
      const times = Math.floor((count + pieces - 1 - (order[piece] ?? 0)) / pieces);
      if (times > 0) bins.push([Math.exp((offset + index + (piece + 0.5) / pieces) * width), times]);
    }
  }
  return bins;
}

/** For each place its turn: the middle is first, then its neighbours, and so on outwards. */
function fromTheMiddle(places: number): number[] {
  const middle = (places - 1) / 2;
  const byTurn = Array.from({ length: places }, (_, place) => place).sort(
    (one, other) => Math.abs(one - middle) - Math.abs(other - middle) || one - other,
  );
  const turns: number[] = [];
  for (const [turn, place] of byTurn.entries()) turns[place] = turn;
  return turns;
}
