import type { Filter, MetricReference, Operand } from './syntax-tree.ts';

/** A metric that was read and is not aggregated yet; it ends up in an aggregate or in an error. */
export interface BareMetric {
  readonly kind: 'metric';
  readonly metric: MetricReference;
  readonly filters: readonly Filter[];
  readonly groupBy: readonly string[];
  /** Where it stands, for the error. */
  readonly at: number;
}

/** Whether it still has to be aggregated. */
export function isBareMetric(operand: Operand | BareMetric): operand is BareMetric {
  return typeof operand === 'object' && operand.kind === 'metric';
}

/** The same with a filter and groups of further outside, which come first. */
export function withFilters<T extends { readonly filters: readonly Filter[]; readonly groupBy: readonly string[] }>(
  target: T,
  filter: Filter | undefined,
  groupBy: readonly string[],
): T {
  if (filter === undefined && groupBy.length === 0) return target;
  return {
    ...target,
    filters: filter === undefined ? target.filters : [filter, ...target.filters],
    groupBy: [...groupBy, ...target.groupBy],
  };
}
