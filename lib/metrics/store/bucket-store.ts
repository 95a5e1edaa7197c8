import * as z from 'zod';
import type { Table } from '../../platform/table.ts';
import type { GranularitySeconds } from '../folding/granularities.ts';
import { bucketPartitions, bucketsBetween, type MetricOfProject, secondsOf } from './bucket-keys.ts';

const counterBucket = z.object({ s: z.number() });

/** Which buckets: those that start in [`fromSeconds`, `untilSeconds`). */
export interface BucketRange {
  readonly granularity: GranularitySeconds;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** A bucket of one of the series of a counter. */
export interface ReadBucket {
  readonly startSeconds: number;
  readonly total: number;
}

/** All buckets of a counter in a range, of all series, partition after partition. */
export async function* readBuckets(
  table: Table,
  metric: MetricOfProject,
  range: BucketRange & { readonly consistent: boolean },
): AsyncGenerator<ReadBucket> {
  const between = bucketsBetween(range.fromSeconds, range.untilSeconds);
  for (const partition of bucketPartitions(metric, range)) {
    for await (const item of table.queryAll({ partition, between, consistent: range.consistent })) {
      yield { startSeconds: secondsOf(item), total: counterBucket.parse(item).s };
    }
  }
}
