/** How long one kind of bucket is, how much of time one partition holds, and how its series are spread. */
export interface Granularity {
  readonly seconds: number;
  readonly partitionSeconds: number;
  /** A hot metric is written to as many partitions at the same time. */
  readonly shards: number;
}

const hour = 3_600;
const day = 86_400;

/** Every point counts in each of them, the finest first; each is a multiple of the one before. What is in a fold depends on them. */
export const granularities = [
  { seconds: 10, partitionSeconds: hour, shards: 4 },
  // Not spread: rules read minutes all day long, and one partition of hours takes as many writes anyway.
  { seconds: 60, partitionSeconds: day, shards: 1 },
  { seconds: hour, partitionSeconds: 30 * day, shards: 1 },
  { seconds: day, partitionSeconds: 365 * day, shards: 1 },
] as const satisfies readonly Granularity[];

/** The length of a bucket, which names its granularity. */
export type GranularitySeconds = (typeof granularities)[number]['seconds'];

/** How long buckets are kept after their end. */
export type MetricRetention = Readonly<Record<GranularitySeconds, number>>;

/** A day of ten seconds, thirty days of minutes, ninety days of hours, thirteen months of days. */
export const metricRetention: MetricRetention = { 10: day, 60: 30 * day, [hour]: 90 * day, [day]: 396 * day };

/**
 * How long buckets are kept, told in days: those of ten seconds, minutes, hours and days, with commas between them.
 * @throws RangeError for anything else
 */
export function retentionOf(days: string): MetricRetention {
  const [finest, minutes, hours, coarsest, ...others] = days.split(',').map((one) => day * Number(one));
  const all = [finest, minutes, hours, coarsest];
  if (others.length > 0 || !all.every((seconds) => seconds !== undefined && seconds >= day)) {
    throw new RangeError(`${days} are not four numbers of days.`);
  }
  const [ten = 0, sixty = 0, ofHours = 0, ofDays = 0] = all;
  return { 10: ten, 60: sixty, [hour]: ofHours, [day]: ofDays };
}

/** The latest multiple of `step` that is not after `time`; both in the same unit. */
export function floorTo(time: number, step: number): number {
  return Math.floor(time / step) * step;
}
