import type { Table } from '../platform/table.ts';
import { floorTo } from './folding/granularities.ts';
import { type MetricName, mri } from './metric-name.ts';
import { readBuckets } from './store/bucket-store.ts';

/** Windows up to this long are read in ten-second buckets, longer ones in minutes: never more than 1,500 buckets a series. */
export const longestFineWindowMs = 3_600_000;

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
  app: { readonly metricsTable: Table },
  input: {
    readonly organization: string;
    readonly projectId: string;
    readonly metric: MetricName;
    readonly startMs: number;
    readonly endMs: number;
  },
): Promise<number | null> {
  const { organization, projectId, metric, startMs, endMs } = input;
  const granularity = endMs - startMs > longestFineWindowMs ? 60 : 10;
  const range = {
    granularity,
    fromSeconds: floorTo(startMs / 1_000, granularity),
    untilSeconds: Math.ceil(endMs / 1_000),
    // What the worker has counted is seen, however soon after.
    consistent: true,
  } as const;
  let sum: number | null = null;
  for await (const { rollup } of readBuckets(app.metricsTable, { organization, projectId, mri: mri(metric) }, range)) {
    sum = (sum ?? 0) + rollup.sum;
  }
  return sum === null ? null : Number(sum.toFixed(9));
}
