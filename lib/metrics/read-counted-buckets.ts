import type { Table } from '../platform/table.ts';
import { floorTo, metricRetention } from './folding/granularities.ts';
import { type MetricName, mri } from './metric-name.ts';
import { QueryRefusedError } from './mql/query-error.ts';
import { dynamoMetricSource } from './store/dynamo-metric-source.ts';
import { longestFineWindowMs } from './sum-over-window.ts';

/** What a counter counted over all tag sets, by the start of the bucket in milliseconds. */
export interface CountedBuckets {
  readonly bucketMs: number;
  /** Buckets that began before are not kept (any more). */
  readonly keptFromMs: number;
  readonly totals: ReadonlyMap<number, number>;
}

/**
 * The buckets that windows of this length consist of which end in [`startMs`, `endMs`], as finely as `sumOverWindow` reads
 * them where they are kept that long; undefined when the metric has too many series for that.
 */
export async function readCountedBuckets(
  app: { readonly metricsTable: Table },
  input: {
    readonly organization: string;
    readonly projectId: string;
    readonly metric: MetricName;
    readonly startMs: number;
    readonly endMs: number;
    readonly windowMs: number;
    readonly nowMs: number;
  },
): Promise<CountedBuckets | undefined> {
  const { organization, projectId, metric, startMs, endMs, windowMs, nowMs } = input;
  const isFine = windowMs <= longestFineWindowMs && nowMs - startMs <= metricRetention[10] * 1_000;
  const granularity = isFine ? 10 : 60;
  const totals = new Map<number, number>();
  const selection = {
    organization,
    projectIds: [projectId],
    mri: mri(metric),
    granularitySeconds: granularity,
    fromSeconds: floorTo((startMs - windowMs) / 1_000, granularity),
    untilSeconds: Math.ceil(endMs / 1_000),
  };
  try {
    await dynamoMetricSource(app.metricsTable, { nowSeconds: nowMs / 1_000 }).read(selection, (bucket) => {
      const at = bucket.startSeconds * 1_000;
      totals.set(at, (totals.get(at) ?? 0) + bucket.rollup.sum);
    });
  } catch (error) {
    if (error instanceof QueryRefusedError) return undefined;
    throw error;
  }
  return { bucketMs: granularity * 1_000, keptFromMs: nowMs - metricRetention[granularity] * 1_000, totals };
}
