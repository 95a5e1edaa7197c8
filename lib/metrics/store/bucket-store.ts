import type { Table } from '../../platform/table.ts';
import type { GranularitySeconds } from '../folding/granularities.ts';
import type { Rollup, StoredBucket } from '../mql/metric-source.ts';
import { UniqueCounter } from '../sketches/unique-counter.ts';
import { addStoredMembers, rollupIn } from './bucket-item.ts';
import { bucketPartitions, bucketSortKeyOf, bucketsBetween, type MetricOfProject, secondsOf } from './bucket-keys.ts';

/** Which buckets: those that start in [`fromSeconds`, `untilSeconds`). */
export interface BucketRange {
  readonly granularity: GranularitySeconds;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** All buckets of a metric in a range, of all series, partition after partition. */
export async function* readBuckets(
  table: Table,
  metric: MetricOfProject,
  range: BucketRange & { readonly consistent: boolean },
): AsyncGenerator<StoredBucket> {
  for (const partition of bucketPartitions(metric, range)) {
    yield* readPartition(table, metric, partition, range);
  }
}

/** The buckets of one partition, in the order of time; sets with their members, which stand right behind them. */
async function* readPartition(
  table: Table,
  { projectId, mri }: MetricOfProject,
  partition: string,
  { fromSeconds, untilSeconds, consistent }: BucketRange & { readonly consistent: boolean },
): AsyncGenerator<StoredBucket> {
  const between = bucketsBetween(fromSeconds, untilSeconds);
  let open: { readonly sk: string; readonly bucket: StoredBucket; readonly members: UniqueCounter } | undefined;
  for await (const item of table.queryAll({ partition, between, consistent })) {
    const sk = bucketSortKeyOf(item);
    if (sk !== item.sk) {
      if (open?.sk === sk) addStoredMembers(open.members, item);
      continue;
    }
    if (open !== undefined) yield open.bucket;
    const { tags, rollup } = rollupIn(item);
    const members = new UniqueCounter();
    const whole: Rollup = mri.startsWith('s') ? { ...rollup, members } : rollup;
    open = { sk, members, bucket: { projectId, startSeconds: secondsOf(item), tags, rollup: whole } };
  }
  if (open !== undefined) yield open.bucket;
}
