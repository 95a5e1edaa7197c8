import { queryMessages } from '../messages.ts';
import { type MetricName, mri } from '../metric-name.ts';
import { aggregateNames, aggregates, aliases } from './aggregates.ts';
import { QueryRefusedError } from './query-error.ts';
import type { ResolvedSeries } from './resolved-query.ts';
import type { Filter, Parameter, Timeseries } from './syntax-tree.ts';

/** What stands around a series: filters and groups of the formulas that it is in. */
export interface Surroundings {
  readonly filters: readonly Filter[];
  readonly groupBy: readonly string[];
}

/** A series with an aggregate that exists and fits the metric. @throws QueryRefusedError that lists what does */
export function resolveSeries(series: Timeseries, metric: MetricName, outside: Surroundings): ResolvedSeries {
  const alias = aliases.get(series.aggregate);
  if (alias !== undefined && series.parameters.length > 0) {
    throw new QueryRefusedError(queryMessages.noParameters(series.aggregate));
  }
  const aggregate = alias?.name ?? series.aggregate;
  const known = aggregates.get(aggregate);
  if (known === undefined) {
    throw new QueryRefusedError(queryMessages.unknownAggregate(aggregate, aggregateNames()));
  }
  if (!known.types.includes(metric.type)) {
    const fitting = aggregateNames(metric.type);
    throw new QueryRefusedError(queryMessages.aggregateOfType(series.aggregate, metric.type, fitting));
  }
  return {
    kind: 'series',
    mri: mri(metric),
    aggregate,
    levels: alias?.levels ?? levelsOf(aggregate, series.parameters),
    filters: [...outside.filters, ...series.filters],
    groupBy: groupsOf([...outside.groupBy, ...series.groupBy]),
  };
}

/** What every row has, whatever it is grouped by. */
const ownColumns: ReadonlySet<string> = new Set(['time', 'aggregate_value']);

/** @throws QueryRefusedError for a tag that would stand where a row has something else */
function groupsOf(tags: readonly string[]): readonly string[] {
  const taken = tags.find((tag) => ownColumns.has(tag));
  if (taken !== undefined) throw new QueryRefusedError(queryMessages.ownColumn(taken));
  return [...new Set(tags)];
}

function levelsOf(aggregate: string, parameters: readonly Parameter[]): readonly number[] {
  if (aggregate !== 'quantiles') {
    if (parameters.length > 0) throw new QueryRefusedError(queryMessages.noParameters(aggregate));
    return [];
  }
  const levels = parameters.filter((one) => typeof one === 'number' && one >= 0 && one <= 1) as readonly number[];
  if (levels.length === 0 || levels.length < parameters.length) {
    throw new QueryRefusedError(queryMessages.quantileLevels);
  }
  return levels;
}
