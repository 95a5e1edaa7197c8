import type { Table } from '../../platform/table.ts';
import { granularities, type MetricRetention, metricRetention } from '../folding/granularities.ts';
import type { MetricSource } from '../mql/metric-source.ts';
import { readBuckets } from './bucket-store.ts';

/** Points of clocks that run ahead are taken, and no bucket starts later than that. */
const furthestAheadSeconds = 120;

/** How to read. */
export interface SourceOptions {
  readonly nowSeconds: number;
  /** Whether what was written a moment ago is certain to be there, at twice the price. */
  readonly consistent?: boolean | undefined;
  readonly retention?: MetricRetention | undefined;
}

/**
 * Metrics as the table has them. Each granularity is kept for a time of its own, and which one is read is the query's
 * choice: for the part of its time that lies further back there is no data, even where coarser buckets still have it.
 */
export function dynamoMetricSource(table: Table, options: SourceOptions): MetricSource {
  const { nowSeconds, consistent = false, retention = metricRetention } = options;
  return {
    async *read({ organization, mri, projectIds, granularitySeconds, fromSeconds, untilSeconds }) {
      const granularity = granularities.find(({ seconds }) => seconds === granularitySeconds)?.seconds;
      if (granularity === undefined) return;
      const keptFrom = nowSeconds - retention[granularity] - granularity + 1;
      const range = {
        granularity,
        fromSeconds: Math.max(Math.ceil(fromSeconds), keptFrom),
        untilSeconds: Math.min(Math.ceil(untilSeconds), nowSeconds + furthestAheadSeconds),
        consistent,
      };
      for (const projectId of new Set(projectIds)) {
        yield* readBuckets(table, { organization, projectId, mri }, range);
      }
    },
  };
}
