import { type BucketIncrement, floorTo, resolutions } from './bucket-store.ts';
import { mri } from './metric-name.ts';
import type { MetricPoint } from './metric-point.ts';
import { RefusalCounter, type RefusalReason, type RefusalTally } from './refused-points.ts';
import { canonicalTags } from './tag-set.ts';

/** Points older than the finest buckets are kept would only be seen by some queries. */
const oldestSeconds = 86_400;
/** Clocks of clients run ahead a little; more than this is wrong. */
const furthestAheadSeconds = 60;

/** What the database adds without losing digits: a million times a million, and not less than a millionth. */
const largest = 1e12;
const smallest = 1e-6;
/** What one request adds to one bucket at most: beyond it a sum loses digits before it is even stored. */
const largestSum = Number.MAX_SAFE_INTEGER;

/** What one request adds to each bucket that it touches, and what it does not add. */
export interface FoldedPoints {
  readonly increments: readonly BucketIncrement[];
  /** How many points went into the increments. */
  readonly accepted: number;
  readonly refused: RefusalTally;
}

/**
 * Adds up the points per series and bucket, so that a thousand points of one counter are two writes. A point that would
 * make one of its buckets too large is refused for all of them, so that every resolution counts the same points.
 */
export function foldPoints(
  project: { readonly organization: string; readonly projectId: string },
  points: readonly MetricPoint[],
  nowSeconds: number,
): FoldedPoints {
  const folded = new Map<string, BucketIncrement>();
  const refused = new RefusalCounter();
  let accepted = 0;
  for (const point of points) {
    const at = point.timestamp ?? nowSeconds;
    const reason = reasonAgainst(point, at, nowSeconds);
    if (reason !== undefined || !('increment' in point.sample)) {
      refused.add(reason ?? 'type_not_stored');
      continue;
    }
    const { increment } = point.sample;
    const series = { ...project, mri: mri(point.metric), tags: canonicalTags(point.tags) };
    const sums = resolutions.map((resolution) => {
      const startSeconds = floorTo(at, resolution.bucketSeconds);
      const key = `${resolution.bucketSeconds} ${startSeconds} ${series.mri} ${series.tags}`;
      const sum = (folded.get(key)?.increment ?? 0) + increment;
      return { key, bucket: { ...series, resolution, startSeconds, increment: sum } };
    });
    if (sums.some(({ bucket }) => Math.abs(bucket.increment) > largestSum)) {
      refused.add('value_out_of_range');
      continue;
    }
    accepted += 1;
    for (const { key, bucket } of sums) folded.set(key, bucket);
  }
  const increments = [...folded.values()].map((bucket) => ({ ...bucket, increment: rounded(bucket.increment) }));
  return { increments, accepted, refused: refused.tally };
}

function reasonAgainst({ sample }: MetricPoint, at: number, nowSeconds: number): RefusalReason | undefined {
  if (!('increment' in sample)) return 'type_not_stored';
  if (at < nowSeconds - oldestSeconds) return 'too_old';
  if (at > nowSeconds + furthestAheadSeconds) return 'in_future';
  const size = Math.abs(sample.increment);
  return size > largest || (size > 0 && size < smallest) ? 'value_out_of_range' : undefined;
}

/** Takes away what binary fractions leave behind (0.1 + 0.2), which would cost digits in every later sum. */
function rounded(sum: number): number {
  return Number(sum.toFixed(9));
}
