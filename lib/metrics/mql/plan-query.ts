import { finite } from './aggregates.ts';
import { joinSeries } from './join-series.ts';
import type { ResolvedQuery } from './resolved-query.ts';
import { type Evaluated, mapValues } from './series-set.ts';
import { secondsOfValue, seriesValues } from './series-values.ts';
import type { Reading, SharedReading } from './shared-reading.ts';

/** Says what a query has to read. What it gives works the query out, once that has been read. */
export function planQuery(query: ResolvedQuery, reading: Reading, shared: SharedReading): () => Evaluated {
  switch (query.kind) {
    case 'number':
      return () => ({ kind: 'number', value: query.value });
    case 'series': {
      const collector = shared.collectorOf(query, reading);
      return () => seriesValues(query, collector.groups, reading);
    }
    case 'negate': {
      const of = planQuery(query.of, reading, shared);
      return () => mapValues(of(), (value) => (value === null ? null : 0 - value));
    }
    case 'rate': {
      const of = planQuery(query.of, reading, shared);
      const parts = secondsOfValue(reading) / query.seconds;
      return () => mapValues(of(), (value) => (value === null ? null : finite(value / parts)));
    }
    case 'join': {
      const left = planQuery(query.left, reading, shared);
      const right = planQuery(query.right, reading, shared);
      return () => joinSeries(query.join, left(), right());
    }
  }
}
