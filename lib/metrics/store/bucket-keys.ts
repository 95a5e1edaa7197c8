import { createHash } from 'node:crypto';
import type { Key } from '../../platform/table.ts';
import type { Increment, Series } from '../folding/fold-points.ts';
import { floorTo, type GranularitySeconds, granularities } from '../folding/granularities.ts';

/** A metric of a project; `mri` is its name. */
export type MetricOfProject = Omit<Series, 'tags'>;

/** Where a bucket stands. Beside it, under the same key with an ending, stands what a set keeps of its members. */
export function bucketKey({ series, granularity, startSeconds }: Omit<Increment, 'contribution'>): Key {
  const name = seriesName(series.tags);
  const { shards } = granularityOf(granularity);
  const shard = Buffer.from(name, 'base64url').readUInt8(0) % shards;
  return {
    pk: `${partitionBegin(series, granularity, startSeconds)}${shard}`,
    sk: `${sortable(startSeconds)}#${name}`,
  };
}

/** Where the members of a set's bucket stand while they are few enough to be kept. */
export function membersKey({ pk, sk }: Key): Key {
  return { pk, sk: `${sk}#H` };
}

/** How many registers stand together in an item. */
const registersTogether = 2_048;

/** Where a register of a set's bucket stands. */
export function registersKey({ pk, sk }: Key, register: number): Key {
  return { pk, sk: `${sk}#R${String(Math.floor(register / registersTogether)).padStart(2, '0')}` };
}

/** The partitions that hold the buckets which start in [`fromSeconds`, `untilSeconds`), those of each period together. */
export function bucketPartitions(
  metric: MetricOfProject,
  range: { readonly granularity: GranularitySeconds; readonly fromSeconds: number; readonly untilSeconds: number },
): string[] {
  const { shards, partitionSeconds } = granularityOf(range.granularity);
  const partitions: string[] = [];
  if (range.fromSeconds >= range.untilSeconds) return partitions;
  const first = floorTo(range.fromSeconds, partitionSeconds);
  for (let at = first; at < range.untilSeconds; at += partitionSeconds) {
    for (let shard = 0; shard < shards; shard += 1) {
      partitions.push(`${partitionBegin(metric, range.granularity, at)}${shard}`);
    }
  }
  return partitions;
}

/** The sort keys between which these buckets stand. The end is excluded: every key of that second is longer than the second alone. */
export function bucketsBetween(fromSeconds: number, untilSeconds: number): readonly [string, string] {
  return [sortable(fromSeconds), sortable(untilSeconds)];
}

/** The sort key of the bucket that an item belongs to: its own, or that of the set whose members it holds. */
export function bucketSortKeyOf({ sk }: Key): string {
  return sk.slice(0, secondsDigits + 1 + seriesLetters);
}

/** When the bucket starts that stands there. */
export function secondsOf({ sk }: Key): number {
  return Number(sk.slice(0, secondsDigits));
}

/** The series as part of a key: equal tag sets give equal names, and any set fits, however long its values are. */
export function seriesName(canonicalTags: string): string {
  return createHash('sha256').update(canonicalTags).digest('base64url').slice(0, seriesLetters);
}

function partitionBegin(metric: MetricOfProject, granularity: GranularitySeconds, seconds: number): string {
  const { organization, projectId, mri } = metric;
  const period = sortable(floorTo(seconds, granularityOf(granularity).partitionSeconds));
  return `M#${organization}#${projectId}#${mri}#${granularity}#${period}#`;
}

function granularityOf(seconds: GranularitySeconds): (typeof granularities)[number] {
  const found = granularities.find((granularity) => granularity.seconds === seconds);
  if (found === undefined) throw new RangeError(`There are no buckets of ${seconds} s.`);
  return found;
}

/** Enough until the year 33658. */
const secondsDigits = 12;
/** 132 bits. */
const seriesLetters = 22;

/** Seconds in a form that sorts as text. */
function sortable(seconds: number): string {
  return String(seconds).padStart(secondsDigits, '0');
}
