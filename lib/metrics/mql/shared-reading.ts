import { eachLimited } from '../../platform/each-limited.ts';
import { SeriesCollector } from './collect-series.ts';
import type { MetricSource, Selection } from './metric-source.ts';
import type { ResolvedSeries } from './resolved-query.ts';
import type { TimeRange } from './time-range.ts';

/** What the series of a query have in common. */
export interface Reading {
  readonly organization: string;
  readonly projectIds: readonly string[];
  readonly range: TimeRange;
  /** Whether intervals without points count as zero. */
  readonly fill: boolean;
  /** Each value is of the time of this length that ends with its interval, a multiple of it; of the interval alone by default. */
  readonly windowSeconds?: number | undefined;
}

const selectionsAtOnce = 2;

/**
 * Reads together what several series need, those of several queries too: each bucket once, with a collector for each way
 * in which it is filtered and grouped. Buckets are let go of as they have been taken in.
 */
export class SharedReading {
  readonly #planned = new Map<string, Planned>();

  /** The collector that `readFrom` will fill for a series. */
  collectorOf(series: ResolvedSeries, reading: Reading): SeriesCollector {
    const { filters, groupBy } = series;
    const selection = selectionOf(series, reading);
    const selectionKey = JSON.stringify(selection);
    const planned = this.#planned.get(selectionKey) ?? { selection, collectors: new Map() };
    this.#planned.set(selectionKey, planned);
    const key = JSON.stringify([filters, groupBy, reading.range]);
    const collector = planned.collectors.get(key) ?? new SeriesCollector({ filters, groupBy }, reading.range);
    planned.collectors.set(key, collector);
    return collector;
  }

  async readFrom(source: MetricSource): Promise<void> {
    await eachLimited(unite([...this.#planned.values()]), selectionsAtOnce, ({ selection, parts }) =>
      source.read(selection, (bucket) => {
        for (const part of parts) {
          if (bucket.startSeconds < part.selection.fromSeconds) continue;
          if (bucket.startSeconds >= part.selection.untilSeconds) continue;
          for (const collector of part.collectors.values()) collector.take(bucket);
        }
      }),
    );
  }
}

interface Planned {
  readonly selection: Selection;
  readonly collectors: Map<string, SeriesCollector>;
}

/** Selections of the same buckets that overlap or touch become one, so that no bucket is read twice. */
function unite(planned: readonly Planned[]): { selection: Selection; readonly parts: Planned[] }[] {
  const united: { selection: Selection; readonly parts: Planned[] }[] = [];
  const sameBuckets = Map.groupBy(planned, ({ selection: { organization, mri, projectIds, granularitySeconds } }) =>
    JSON.stringify([organization, mri, projectIds, granularitySeconds]),
  );
  for (const group of sameBuckets.values()) {
    let last: { selection: Selection; readonly parts: Planned[] } | undefined;
    for (const part of group.toSorted((one, other) => one.selection.fromSeconds - other.selection.fromSeconds)) {
      if (last === undefined || part.selection.fromSeconds > last.selection.untilSeconds) {
        last = { selection: part.selection, parts: [part] };
        united.push(last);
        continue;
      }
      const untilSeconds = Math.max(last.selection.untilSeconds, part.selection.untilSeconds);
      last.selection = { ...last.selection, untilSeconds };
      last.parts.push(part);
    }
  }
  return united;
}

function selectionOf({ mri }: ResolvedSeries, { organization, projectIds, range }: Reading): Selection {
  const { startSeconds, endSeconds, granularitySeconds } = range;
  return { organization, mri, projectIds, granularitySeconds, fromSeconds: startSeconds, untilSeconds: endSeconds };
}
