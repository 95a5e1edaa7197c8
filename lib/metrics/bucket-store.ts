import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Table } from '../platform/table.ts';

/** How long one kind of bucket is, how much of time one partition holds, and how long buckets are kept. */
export interface Resolution {
  readonly bucketSeconds: number;
  readonly partitionSeconds: number;
  readonly keptSeconds: number;
}

const hour = 3_600;
const day = 86_400;

/** The resolutions in which every point is counted, the finest first. A partition has at most 360 or 1,440 buckets a series. */
export const tenSeconds: Resolution = { bucketSeconds: 10, partitionSeconds: hour, keptSeconds: day };
export const oneMinute: Resolution = { bucketSeconds: 60, partitionSeconds: day, keptSeconds: 30 * day };
export const resolutions: readonly Resolution[] = [tenSeconds, oneMinute];

/** A metric of a project; `mri` is its name. */
export interface MetricOfProject {
  readonly organization: string;
  readonly projectId: string;
  readonly mri: string;
}

/** What is added to one bucket of one series. */
export interface BucketIncrement extends MetricOfProject {
  readonly resolution: Resolution;
  readonly startSeconds: number;
  /** The tag set in its canonical form. */
  readonly tags: string;
  readonly increment: number;
}

/** Buckets are only ever added to, never written as a whole: the key says whose they are, and the item holds what is added. */
const counterBucket = { name: 'counter bucket', schema: z.object({ total: z.number() }) } as const;

/** Adds to a bucket, which appears with its first increment. Atomic: simultaneous requests lose nothing. */
export async function addToBucket(table: Table, bucket: BucketIncrement): Promise<void> {
  const { resolution, startSeconds, tags, increment } = bucket;
  const key = {
    pk: partitionOf(bucket, resolution, startSeconds),
    sk: `${sortable(startSeconds)}#${seriesKey(tags)}`,
  };
  await table.update(key, {
    expression: 'SET #tags = :tags, #itemType = :itemType, #expiresAt = :expiresAt ADD #total :increment',
    names: { '#tags': 'tags', '#itemType': 'itemType', '#expiresAt': 'expiresAt', '#total': 'total' },
    values: {
      ':tags': tags,
      ':itemType': counterBucket.name,
      ':expiresAt': startSeconds + resolution.bucketSeconds + resolution.keptSeconds,
      ':increment': increment,
    },
  });
}

/** Which buckets: those that start in [`fromSeconds`, `untilSeconds`). */
export interface BucketRange {
  readonly resolution: Resolution;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** The totals of all buckets of a range, of all series. What an ingestion has answered for is counted, however soon after. */
export async function* readTotals(table: Table, metric: MetricOfProject, range: BucketRange): AsyncGenerator<number> {
  for await (const { total } of readBuckets(table, metric, { ...range, consistent: true })) yield total;
}

/** A bucket of one of the series. */
export interface ReadBucket {
  readonly startSeconds: number;
  readonly total: number;
}

/** All buckets of a range, of all series, partition after partition. */
export async function* readBuckets(
  table: Table,
  metric: MetricOfProject,
  range: BucketRange & { readonly consistent: boolean },
): AsyncGenerator<ReadBucket> {
  const { resolution, fromSeconds, untilSeconds } = range;
  const { partitionSeconds } = resolution;
  for (let at = floorTo(fromSeconds, partitionSeconds); at < untilSeconds; at += partitionSeconds) {
    const items = table.queryAll({
      partition: partitionOf(metric, resolution, at),
      // The end is excluded because every sort key of that second is longer than the second alone.
      between: [sortable(fromSeconds), sortable(untilSeconds)],
      consistent: range.consistent,
    });
    for await (const item of items) {
      yield { startSeconds: Number(item.sk.slice(0, secondsDigits)), total: counterBucket.schema.parse(item).total };
    }
  }
}

/** The latest multiple of `step` that is not after `seconds`. */
export function floorTo(seconds: number, step: number): number {
  return Math.floor(seconds / step) * step;
}

function partitionOf(metric: MetricOfProject, resolution: Resolution, seconds: number): string {
  const { organization, projectId, mri } = metric;
  const period = sortable(floorTo(seconds, resolution.partitionSeconds));
  return `METRIC#${organization}#${projectId}#${mri}#${resolution.bucketSeconds}#${period}`;
}

/** The series as part of a key: equal tag sets give equal keys, and any set fits, however long its values are. */
function seriesKey(canonicalTags: string): string {
  return createHash('sha256').update(canonicalTags).digest('base64url').slice(0, 22);
}

const secondsDigits = 12;

/** Seconds in a form that sorts as text; enough digits until the year 33658. */
function sortable(seconds: number): string {
  return String(seconds).padStart(secondsDigits, '0');
}
