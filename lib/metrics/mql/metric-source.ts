import type { QuantileSketch } from '../sketches/quantile-sketch.ts';
import type { UniqueCounter } from '../sketches/unique-counter.ts';
import type { Tags } from '../tag-set.ts';

/** Points of one series in one bucket, put together so that several of these can be put together further. */
export interface Rollup {
  readonly count: number;
  readonly sum: number;
  /** Infinite where the type of the metric has no smallest and largest value. */
  readonly min: number;
  readonly max: number;
  /** The latest value and its time; gauges only. */
  readonly last?: { readonly value: number; readonly atSeconds: number };
  /** Distributions only. */
  readonly sketch?: QuantileSketch;
  /** Sets only. */
  readonly members?: UniqueCounter;
}

/** One stored bucket of one series. */
export interface StoredBucket {
  readonly projectId: string;
  readonly startSeconds: number;
  readonly tags: Tags;
  readonly rollup: Rollup;
}

/** Which buckets: all series of a metric, in one granularity, that start in [`fromSeconds`, `untilSeconds`). */
export interface Selection {
  readonly organization: string;
  readonly mri: string;
  readonly projectIds: readonly string[];
  readonly granularitySeconds: number;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** Where queries get their data; filtering, grouping and putting together is done by who asks. */
export interface MetricSource {
  /** Gives every bucket to `take`, in any order. What `take` throws ends the reading. @throws QueryRefusedError when it is too much */
  read(selection: Selection, take: (bucket: StoredBucket) => void): Promise<void>;
}
