import { epochSeconds } from '../platform/clock.ts';
import { floorTo } from './folding/granularities.ts';
import { type MetricName, mri } from './metric-name.ts';
import { RollupSum } from './mql/merge-rollups.ts';
import type { QueryingApp } from './query-metrics.ts';
import { dynamoMetricSource } from './store/dynamo-metric-source.ts';

/** Windows up to this long are read in ten-second buckets, longer ones in minutes: never more than 1,500 buckets a series. */
const longestFineWindowMs = 3_600_000;

/**
 * The sum of a counter over all tag sets in [`startMs`, `endMs`), or null when no point came in that time.
 *
 * Time is known in buckets (of 10 s, or of 60 s when the window is longer than an hour), and a bucket that the window
 * only begins in counts whole. So windows that follow each other cover every point, those of a bucket included that was
 * still filling when the first window was read:
 *
 *     buckets  |----0----|----1----|----2----|----3----|
 *     window A      [··············)               read: 0, 1
 *     window B                     [··············) read: 1, 2, 3
 */
export async function sumOverWindow(
  app: QueryingApp,
  input: {
    readonly organization: string;
    readonly projectId: string;
    readonly metric: MetricName;
    readonly startMs: number;
    readonly endMs: number;
  },
): Promise<number | null> {
  const { organization, projectId, metric, startMs, endMs } = input;
  const granularitySeconds = endMs - startMs > longestFineWindowMs ? 60 : 10;
  // What the worker has counted is seen, however soon after.
  const source = dynamoMetricSource(app.metricsTable, { nowSeconds: epochSeconds(app.clock), consistent: true });
  const rollup = new RollupSum();
  let isEmpty = true;
  await source.read(
    {
      organization,
      projectIds: [projectId],
      mri: mri(metric),
      granularitySeconds,
      fromSeconds: floorTo(startMs / 1_000, granularitySeconds),
      untilSeconds: Math.ceil(endMs / 1_000),
    },
    (bucket) => {
      rollup.add(bucket.rollup);
      isEmpty = false;
    },
  );
  return isEmpty ? null : rollup.sum;
}
