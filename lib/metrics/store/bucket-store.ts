import type { Item, Table } from '../../platform/table.ts';
import type { Rollup, StoredBucket } from '../mql/metric-source.ts';
import { UniqueCounter } from '../sketches/unique-counter.ts';
import { addStoredMembers, rollupIn } from './bucket-item.ts';
import { bucketSortKeyOf, bucketsBetween, type MetricOfProject, secondsOf } from './bucket-keys.ts';

/** What to read of a partition of buckets: those that start in [`fromSeconds`, `untilSeconds`). */
export interface PartitionRange {
  readonly partition: string;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly consistent: boolean;
}

interface OpenBucket {
  readonly sk: string;
  readonly bucket: StoredBucket;
  /** Sets only. */
  readonly members: UniqueCounter | undefined;
}

/**
 * The buckets of one partition, in the order of time, page after page; sets with their members, which stand right behind
 * them. `onItem` is told of every item that was read and may throw to end the reading.
 */
export async function* readBuckets(
  table: Table,
  metric: MetricOfProject,
  { partition, fromSeconds, untilSeconds, consistent }: PartitionRange,
  onItem: (item: Item) => void,
): AsyncGenerator<StoredBucket> {
  let open: OpenBucket | undefined;
  const between = bucketsBetween(fromSeconds, untilSeconds);
  for await (const item of table.queryAll({ partition, between, consistent })) {
    onItem(item);
    const sk = bucketSortKeyOf(item);
    if (sk === item.sk) {
      if (open !== undefined) yield open.bucket;
      open = openBucket(metric, item);
    } else if (open?.sk === sk && open.members !== undefined) {
      addStoredMembers(open.members, item);
    }
  }
  if (open !== undefined) yield open.bucket;
}

function openBucket({ projectId, mri }: MetricOfProject, item: Item): OpenBucket {
  const { tags, rollup } = rollupIn(item);
  const members = mri.startsWith('s') ? new UniqueCounter() : undefined;
  const whole: Rollup = members === undefined ? rollup : { ...rollup, members };
  return { sk: item.sk, members, bucket: { projectId, startSeconds: secondsOf(item), tags, rollup: whole } };
}
