import type { MetricName } from './metric-name.ts';
import type { Tags } from './tag-set.ts';

/** What was measured, by the type of the metric. */
export type Sample =
  | { readonly type: 'c'; readonly increment: number }
  | { readonly type: 'd'; readonly values: readonly number[] }
  | {
      readonly type: 'g';
      readonly last: number;
      readonly min: number;
      readonly max: number;
      readonly sum: number;
      readonly count: number;
    }
  | { readonly type: 's'; readonly members: readonly string[] };

/** One measurement of a series. */
export interface MetricPoint {
  readonly metric: MetricName;
  readonly tags: Tags;
  readonly sample: Sample;
  /** Seconds since the Unix epoch; undefined means now. */
  readonly timestamp: number | undefined;
}
