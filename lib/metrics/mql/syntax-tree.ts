/** A metric as a query names it: by its whole id (MRI), or by the public name of a well-known metric. */
export type MetricReference = { readonly mri: string } | { readonly publicName: string };

/** How a condition compares; a trailing star makes `LIKE`, a list makes `IN`, an exclamation mark the opposite. */
export type Operator = '=' | '!=' | 'IN' | 'NOT IN' | 'LIKE' | 'NOT LIKE';

/** One comparison of a tag; lists go with `IN` and `NOT IN` only. */
export interface Condition {
  readonly tag: string;
  readonly operator: Operator;
  readonly value: string | readonly string[];
}

/** Conditions and how they are joined; a level is flat, however many it joins. */
export type Filter = Condition | { readonly and: readonly Filter[] } | { readonly or: readonly Filter[] };

/** What stands in the first of two pairs of parentheses: `0.5` and `0.95` of `quantiles(0.5, 0.95)(…)`. */
export type Parameter = number | string;

/** One metric, aggregated. All filters hold; those written further outside come first, in groups too. */
export interface Timeseries {
  readonly kind: 'timeseries';
  readonly metric: MetricReference;
  readonly aggregate: string;
  readonly parameters: readonly Parameter[];
  readonly filters: readonly Filter[];
  readonly groupBy: readonly string[];
}

/** A function of series and numbers; arithmetic is `plus`, `minus`, `multiply`, `divide` and `negate`. */
export interface Formula {
  readonly kind: 'formula';
  readonly function: string;
  readonly parameters: readonly Parameter[];
  readonly operands: readonly Operand[];
  readonly filters: readonly Filter[];
  readonly groupBy: readonly string[];
}

/** What a formula works on. Texts are part of the language, but no formula of ours takes one. */
export type Operand = Timeseries | Formula | number | string;

/** A whole query, plain data. */
export type Query = Timeseries | Formula;

/** Whether an operand is data over time, not a number or a text. */
export function isQuery(operand: Operand): operand is Query {
  return typeof operand === 'object';
}
