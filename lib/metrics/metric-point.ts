import type { MetricName } from './metric-name.ts';
import type { Tags } from './tag-set.ts';

/** How often each value was seen: a histogram that the sender has made of many values. */
export type HistogramBins = readonly (readonly [value: number, count: number])[];

/** Which of several senders of the same series tells a running total, and since when it has counted. */
export interface RunningTotal {
  /** Tells senders apart that share a metric and its tags: a hash of what they say of themselves. */
  readonly stream: string;
  readonly startSeconds: number;
}

/** What was measured, by the type of the metric. What is `cumulative` tells all since a start; the worker takes the difference. */
export type Sample =
  | { readonly type: 'c'; readonly increment: number }
  | { readonly type: 'c'; readonly cumulative: RunningTotal & { readonly value: number } }
  | { readonly type: 'd'; readonly values: readonly number[] }
  | {
      readonly type: 'd';
      readonly bins: HistogramBins;
      /** What the sender knows better than its bins. */
      readonly sum?: number | undefined;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | {
      readonly type: 'd';
      readonly cumulative: RunningTotal & { readonly bins: HistogramBins; readonly sum?: number | undefined };
    }
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
