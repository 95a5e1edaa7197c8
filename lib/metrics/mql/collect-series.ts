import { matchesAll, projectColumn, tagOf } from './matches-filter.ts';
import { RollupSum } from './merge-rollups.ts';
import type { StoredBucket } from './metric-source.ts';
import type { ResolvedSeries } from './resolved-query.ts';
import type { Group } from './series-set.ts';
import type { TimeRange } from './time-range.ts';

/** The buckets of one group, put together by the start of their interval. */
export interface CollectedGroup {
  readonly group: Group;
  readonly rollups: ReadonlyMap<number, RollupSum>;
}

/** Takes buckets in as they come and keeps only what a series needs of them: one rollup for each group and interval. */
export class SeriesCollector {
  readonly #series: Pick<ResolvedSeries, 'filters' | 'groupBy'>;
  readonly #range: TimeRange;
  readonly #groups = new Map<string, { readonly group: Group; readonly rollups: Map<number, RollupSum> }>();

  constructor(series: Pick<ResolvedSeries, 'filters' | 'groupBy'>, range: TimeRange) {
    this.#series = series;
    this.#range = range;
  }

  /** What was collected, by a key of the group's columns. */
  get groups(): ReadonlyMap<string, CollectedGroup> {
    return this.#groups;
  }

  take(bucket: StoredBucket): void {
    const { filters, groupBy } = this.#series;
    if (!matchesAll(bucket, filters)) return;
    const key = JSON.stringify(groupBy.map((tag) => tagOf(bucket, tag)));
    const found = this.#groups.get(key) ?? { group: groupOf(bucket, groupBy), rollups: new Map() };
    this.#groups.set(key, found);
    const at = this.#intervalOf(bucket);
    const rollup = found.rollups.get(at) ?? new RollupSum();
    found.rollups.set(at, rollup);
    rollup.add(bucket.rollup);
  }

  #intervalOf(bucket: StoredBucket): number {
    const { startSeconds, intervalSeconds } = this.#range;
    if (intervalSeconds === undefined) return startSeconds;
    return Math.floor(bucket.startSeconds / intervalSeconds) * intervalSeconds;
  }
}

function groupOf(bucket: StoredBucket, groupBy: readonly string[]): Group {
  const columns = groupBy.map((tag) => {
    const value = tagOf(bucket, tag);
    return [tag, tag === projectColumn && Number.isSafeInteger(Number(value)) ? Number(value) : value] as const;
  });
  return Object.fromEntries(columns);
}
