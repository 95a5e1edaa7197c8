import { eachLimited } from '../../platform/each-limited.ts';
import type { Table } from '../../platform/table.ts';
import { granularities, type MetricRetention, metricRetention } from '../folding/granularities.ts';
import type { MetricSource } from '../mql/metric-source.ts';
import { bucketPartitions } from './bucket-keys.ts';
import { readBuckets } from './bucket-store.ts';
import { ReadBudget, type ReadLimits, readLimits } from './read-budget.ts';

/** Points of clocks that run ahead are taken, and no bucket starts later than that. */
const furthestAheadSeconds = 120;
/** Each holds a page of up to 1 MB while it is taken in. */
const partitionsAtOnce = 8;

/** How to read. */
export interface SourceOptions {
  readonly nowSeconds: number;
  /** Whether what was written a moment ago is certain to be there, at twice the price. */
  readonly consistent?: boolean | undefined;
  readonly retention?: MetricRetention | undefined;
  /** For all that is read from this source together. */
  readonly limits?: ReadLimits | undefined;
}

/**
 * Metrics as the table has them. Each granularity is kept for a time of its own, and which one is read is the query's
 * choice: for the part of its time that lies further back there is no data, even where coarser buckets still have it.
 */
export function dynamoMetricSource(table: Table, options: SourceOptions): MetricSource {
  const { nowSeconds, consistent = false, retention = metricRetention, limits = readLimits } = options;
  const budget = new ReadBudget(limits);
  return {
    async read({ organization, mri, projectIds, granularitySeconds, fromSeconds, untilSeconds }, take) {
      const granularity = granularities.find(({ seconds }) => seconds === granularitySeconds)?.seconds;
      if (granularity === undefined) throw new RangeError(`There are no buckets of ${granularitySeconds} s.`);
      const range = {
        granularity,
        // A bucket is kept for so long after its end; the table may take days to delete it after that.
        fromSeconds: Math.max(
          Math.ceil(fromSeconds),
          Math.floor(nowSeconds) - retention[granularity] - granularity + 1,
        ),
        untilSeconds: Math.min(Math.ceil(untilSeconds), Math.ceil(nowSeconds) + furthestAheadSeconds),
        consistent,
      };
      const partitions = [...new Set(projectIds)].flatMap((projectId) => {
        const metric = { organization, projectId, mri };
        return bucketPartitions(metric, range).map((partition) => ({ metric, partition }));
      });
      budget.addPartitions(partitions.length);
      await eachLimited(partitions, partitionsAtOnce, async ({ metric, partition }) => {
        const buckets = readBuckets(table, metric, { ...range, partition }, (item) => budget.addItem(item));
        for await (const bucket of buckets) take(bucket);
      });
    },
  };
}
