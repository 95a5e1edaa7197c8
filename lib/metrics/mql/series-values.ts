import { queryMessages } from '../messages.ts';
import { aggregates } from './aggregates.ts';
import type { CollectedGroup } from './collect-series.ts';
import { queryLimits } from './limits.ts';
import { QueryRefusedError } from './query-error.ts';
import type { ResolvedSeries } from './resolved-query.ts';
import type { GroupedValues, SeriesSet } from './series-set.ts';
import type { Reading } from './shared-reading.ts';
import { slidingWindows } from './sliding-windows.ts';
import { intervalCount } from './time-range.ts';

type Collected = ReadonlyMap<string, CollectedGroup>;

/** The values of a series: what was collected for it, aggregated. @throws QueryRefusedError when zeros make it too large */
export function seriesValues(series: ResolvedSeries, collected: Collected, reading: Reading): SeriesSet {
  const { groupBy, aggregate } = series;
  const settings = { levels: series.levels, seconds: secondsOfValue(reading) };
  const groups = new Map<string, GroupedValues>();
  for (const [key, { group, rollups }] of withEmpty(series, collected, reading)) {
    const values = [...inWindows(rollups, reading)].map(
      ([at, rollup]) => [at, aggregates.get(aggregate)?.of(rollup, settings) ?? null] as const,
    );
    groups.set(key, { group, values: new Map([...zeros(series, reading), ...values]) });
  }
  return { kind: 'series', groupBy, groups };
}

/** How long the time is that one value stands for. */
export function secondsOfValue({ range, windowSeconds }: Reading): number {
  return windowSeconds ?? range.intervalSeconds ?? range.endSeconds - range.startSeconds;
}

function inWindows(rollups: CollectedGroup['rollups'], { range, windowSeconds }: Reading): CollectedGroup['rollups'] {
  const { intervalSeconds } = range;
  if (windowSeconds === undefined || intervalSeconds === undefined) return rollups;
  return slidingWindows(rollups, { intervalSeconds, windowSeconds, untilSeconds: range.endSeconds });
}

/** Without groups there is one that zeros can fill, whether there are points or not. */
function withEmpty({ groupBy }: ResolvedSeries, collected: Collected, { fill, range }: Reading): Collected {
  if (!fill) return collected;
  if (collected.size * intervalCount(range) > queryLimits.filled) {
    throw new QueryRefusedError(queryMessages.tooMuchToFill(collected.size, queryLimits.filled));
  }
  if (groupBy.length > 0 || collected.size > 0) return collected;
  return new Map([['[]', { group: {}, rollups: new Map() }]]);
}

function* zeros({ levels }: ResolvedSeries, { fill, range }: Reading): Generator<readonly [number, 0 | readonly 0[]]> {
  const { startSeconds, endSeconds, intervalSeconds } = range;
  if (!fill || intervalSeconds === undefined) return;
  const zero = levels.length > 1 ? levels.map(() => 0 as const) : 0;
  for (let at = startSeconds; at < endSeconds; at += intervalSeconds) yield [at, zero];
}
