import { type Clock, epochSeconds } from '../platform/clock.ts';
import type { Table } from '../platform/table.ts';
import type { MetricRetention } from './folding/granularities.ts';
import type { Value } from './mql/aggregates.ts';
import { isoTime, type Row } from './mql/rows.ts';
import { bulkRunQuery, type QueryRequest } from './mql/run-query.ts';
import { dynamoMetricSource } from './store/dynamo-metric-source.ts';
import type { ReadLimits } from './store/read-budget.ts';

/** What answering queries needs of the outside world. Sets need a table that can read sets of bytes. */
export interface QueryingApp {
  readonly metricsTable: Table;
  readonly clock: Clock;
  readonly retention?: MetricRetention | undefined;
}

/** What a query is answered with, in plain data. */
export interface MetricsAnswer {
  readonly rows: readonly Row[];
  /** The same over the whole time, in addition to rows of intervals or groups. */
  readonly totals?: { readonly aggregate_value: Value };
  /** The time that was answered for: whole intervals, ISO 8601 with zone, the end excluded. */
  readonly modified_start: string;
  readonly modified_end: string;
  /** Public names of metrics, and the ids that were read for them. */
  readonly indexer_mappings: Readonly<Record<string, string>>;
}

/**
 * Answers queries over what is stored, in their order; what several of them touch is read once.
 * @throws QuerySyntaxError, QueryRefusedError
 */
export async function queryMetrics(
  app: QueryingApp,
  requests: readonly QueryRequest[],
  options: {
    /** Whether what was counted a moment ago is certain to be seen, at twice the price. */
    readonly consistent?: boolean | undefined;
    /** Public names beside the well-known ones. */
    readonly names?: ReadonlyMap<string, string> | undefined;
    /** What all of it together may come to. */
    readonly limits?: ReadLimits | undefined;
  } = {},
): Promise<MetricsAnswer[]> {
  const { metricsTable, clock, retention } = app;
  const { consistent, names, limits } = options;
  const source = dynamoMetricSource(metricsTable, { nowSeconds: epochSeconds(clock), consistent, retention, limits });
  const answers = await bulkRunQuery(source, requests, names);
  return answers.map(({ rows, totals, range, names: resolved }) => ({
    rows,
    ...(totals !== undefined && { totals }),
    modified_start: isoTime(range.startSeconds),
    modified_end: isoTime(range.endSeconds),
    indexer_mappings: resolved,
  }));
}
