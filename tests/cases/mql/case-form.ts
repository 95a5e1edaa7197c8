import type { Filter, MetricReference, Operand, Query } from '../../../lib/metrics/mql/syntax-tree.ts';

/** A query in the form in which cases tell it: what is empty is left out. */
export function caseForm(query: Query): unknown {
  const common = {
    ...(query.parameters.length > 0 && { aggregate_params: query.parameters }),
    ...(query.filters.length > 0 && { filters: query.filters.map(filterForm) }),
    ...(query.groupBy.length > 0 && { groupby: query.groupBy }),
  };
  if (query.kind === 'timeseries') {
    return { kind: 'timeseries', metric: metricForm(query.metric), aggregate: query.aggregate, ...common };
  }
  return { kind: 'formula', function: query.function, parameters: query.operands.map(operandForm), ...common };
}

/** What a case expects, in the same form: an empty list of parameters is none, and there is one zero. */
export function normalised(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map(normalised);
  if (Object.is(expected, -0)) return 0;
  if (typeof expected !== 'object' || expected === null) return expected;
  const entries = Object.entries(expected).filter(
    ([key, value]) => key !== 'aggregate_params' || !Array.isArray(value) || value.length > 0,
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, normalised(value)]));
}

function operandForm(operand: Operand): unknown {
  return typeof operand === 'object' ? caseForm(operand) : operand;
}

function metricForm(metric: MetricReference): unknown {
  return 'mri' in metric ? metric : { public_name: metric.publicName };
}

function filterForm(filter: Filter): unknown {
  if ('and' in filter) return { and: filter.and.map(filterForm) };
  if ('or' in filter) return { or: filter.or.map(filterForm) };
  return { tag: filter.tag, op: filter.operator, value: filter.value };
}
