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
 * Reads together what several series need, those of several queries too: each selection once, with a collector for each way
 * in which it is filtered and grouped. Buckets are let go of as they have been taken in.
 */
export class SharedReading {
  readonly #planned = new Map<
    string,
    { readonly selection: Selection; readonly collectors: Map<string, SeriesCollector> }
  >();

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
    await eachLimited(this.#planned.values(), selectionsAtOnce, ({ selection, collectors }) =>
      source.read(selection, (bucket) => {
        for (const collector of collectors.values()) collector.take(bucket);
      }),
    );
  }
}

function selectionOf({ mri }: ResolvedSeries, { organization, projectIds, range }: Reading): Selection {
  const { startSeconds, endSeconds, granularitySeconds } = range;
  return { organization, mri, projectIds, granularitySeconds, fromSeconds: startSeconds, untilSeconds: endSeconds };
}
