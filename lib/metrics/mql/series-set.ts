import type { Value } from './aggregates.ts';

/** Values of group-by columns; `project_id` is a number, all others are tags. */
export type Group = Readonly<Record<string, string | number>>;

/** What a group is kept under: the values of its columns, in their order. */
export function groupKey(columns: readonly string[]): string {
  return JSON.stringify(columns);
}

/** The values of one group, by the start of their interval. */
export interface GroupedValues {
  readonly group: Group;
  readonly values: ReadonlyMap<number, Value>;
}

/** What a part of a query gives: a number for all intervals, or values by group and interval. */
export type Evaluated =
  | { readonly kind: 'number'; readonly value: number | null }
  | {
      readonly kind: 'series';
      /** By which columns it is grouped; without any there is one group, whose key is `[]`. */
      readonly groupBy: readonly string[];
      readonly groups: ReadonlyMap<string, GroupedValues>;
    };

/** A set of series. */
export type SeriesSet = Extract<Evaluated, { kind: 'series' }>;

/** The same with every value replaced. */
export function mapValues(of: Evaluated, change: (value: number | null) => number | null): Evaluated {
  if (of.kind === 'number') return { ...of, value: change(of.value) };
  const groups = [...of.groups].map(([key, { group, values }]): [string, GroupedValues] => [
    key,
    { group, values: new Map([...values].map(([at, value]) => [at, mapValue(value, change)])) },
  ]);
  return { ...of, groups: new Map(groups) };
}

/** A value that stands alone; formulas are told of no others. */
export function single(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function mapValue(value: Value, change: (value: number | null) => number | null): Value {
  return typeof value === 'object' && value !== null ? value.map(change) : change(value);
}
