import { aggregates } from './aggregates.ts';
import { matchesAll, projectColumn, tagOf } from './matches-filter.ts';
import { RollupSum } from './merge-rollups.ts';
import type { MetricSource, StoredBucket } from './metric-source.ts';
import type { ResolvedSeries } from './resolved-query.ts';
import type { Group, GroupedValues, SeriesSet } from './series-set.ts';
import type { TimeRange } from './time-range.ts';

/** Where data comes from and which time a query is about. */
export interface Reading {
  readonly source: MetricSource;
  readonly organization: string;
  readonly projectIds: readonly string[];
  readonly range: TimeRange;
  /** Whether intervals without points count as zero. */
  readonly fill: boolean;
}

type Buckets = { readonly group: Group; readonly rollups: Map<number, RollupSum> };

/** Reads one series: what passes its filters, put together by group and interval and aggregated. */
export async function readSeries(series: ResolvedSeries, reading: Reading): Promise<SeriesSet> {
  const { groupBy, aggregate } = series;
  const { startSeconds, endSeconds, intervalSeconds } = reading.range;
  const found = await collect(series, reading);
  if (reading.fill && groupBy.length === 0 && found.size === 0) found.set('[]', { group: {}, rollups: new Map() });
  const settings = { levels: series.levels, seconds: intervalSeconds ?? endSeconds - startSeconds };
  const groups = new Map<string, GroupedValues>();
  for (const [key, { group, rollups }] of found) {
    const values = [...rollups].map(
      ([at, rollup]) => [at, aggregates.get(aggregate)?.of(rollup, settings) ?? null] as const,
    );
    groups.set(key, { group, values: new Map([...zeros(series, reading), ...values]) });
  }
  return { kind: 'series', groupBy, groups };
}

async function collect(
  series: ResolvedSeries,
  { source, organization, projectIds, range }: Reading,
): Promise<Map<string, Buckets>> {
  const { startSeconds, endSeconds, intervalSeconds, granularitySeconds } = range;
  const groups = new Map<string, Buckets>();
  const selection = {
    organization,
    mri: series.mri,
    projectIds,
    granularitySeconds,
    fromSeconds: startSeconds,
    untilSeconds: endSeconds,
  };
  for await (const bucket of source.read(selection)) {
    if (!matchesAll(bucket, series.filters)) continue;
    const columns = series.groupBy.map((tag) => tagOf(bucket, tag));
    const key = JSON.stringify(columns);
    const buckets = groups.get(key) ?? { group: groupOf(bucket, series.groupBy), rollups: new Map() };
    groups.set(key, buckets);
    const at =
      intervalSeconds === undefined
        ? startSeconds
        : Math.floor(bucket.startSeconds / intervalSeconds) * intervalSeconds;
    const rollup = buckets.rollups.get(at) ?? new RollupSum();
    buckets.rollups.set(at, rollup);
    rollup.add(bucket.rollup);
  }
  return groups;
}

function groupOf(bucket: StoredBucket, groupBy: readonly string[]): Group {
  const columns = groupBy.map((tag) => {
    const value = tagOf(bucket, tag);
    return [tag, tag === projectColumn && Number.isSafeInteger(Number(value)) ? Number(value) : value] as const;
  });
  return Object.fromEntries(columns);
}

function* zeros({ levels }: ResolvedSeries, { fill, range }: Reading): Generator<readonly [number, 0 | readonly 0[]]> {
  const { startSeconds, endSeconds, intervalSeconds } = range;
  if (!fill || intervalSeconds === undefined) return;
  const zero = levels.length > 1 ? levels.map(() => 0 as const) : 0;
  for (let at = startSeconds; at < endSeconds; at += intervalSeconds) yield [at, zero];
}
