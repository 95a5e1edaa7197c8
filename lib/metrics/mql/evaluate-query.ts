import { finite } from './aggregates.ts';
import { joinSeries } from './join-series.ts';
import { type Reading, readSeries } from './read-series.ts';
import type { ResolvedQuery } from './resolved-query.ts';
import { type Evaluated, mapValues } from './series-set.ts';

/** Works a query out, its series first. */
export async function evaluateQuery(query: ResolvedQuery, reading: Reading): Promise<Evaluated> {
  switch (query.kind) {
    case 'number':
      return { kind: 'number', value: query.value };
    case 'series':
      return readSeries(query, reading);
    case 'negate':
      return mapValues(await evaluateQuery(query.of, reading), (value) => (value === null ? null : 0 - value));
    case 'rate': {
      const { startSeconds, endSeconds, intervalSeconds } = reading.range;
      const parts = (intervalSeconds ?? endSeconds - startSeconds) / query.seconds;
      return mapValues(await evaluateQuery(query.of, reading), (value) =>
        value === null ? null : finite(value / parts),
      );
    }
    case 'join': {
      const left = await evaluateQuery(query.left, reading);
      return joinSeries(query.join, left, await evaluateQuery(query.right, reading));
    }
  }
}
