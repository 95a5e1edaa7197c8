import type { Value } from '../../../lib/metrics/mql/aggregates.ts';
import { aliases } from '../../../lib/metrics/mql/aggregates.ts';
import { printQuery } from '../../../lib/metrics/mql/print-query.ts';
import type { Row } from '../../../lib/metrics/mql/rows.ts';
import type { Query } from '../../../lib/metrics/mql/syntax-tree.ts';
import { columnsOf } from './compare-rows.ts';
import type { ExpectedRow } from './eval-forms.ts';

/** So many that of few points every one is among them. */
const levels = Array.from({ length: 201 }, (_, index) => index / 200);
/** What a sketch may be off by, for both ends. */
const error = 0.01;

/** The same query for very many quantiles; undefined when it is not about quantiles alone. */
export function manyQuantiles(query: Query): string | undefined {
  if (query.kind !== 'timeseries') return undefined;
  const isQuantile = query.aggregate === 'quantiles' || aliases.get(query.aggregate)?.name === 'quantiles';
  return isQuantile ? printQuery({ ...query, aggregate: 'quantiles', parameters: levels }) : undefined;
}

/**
 * The rows with what the case expects instead of a quantile where that lies between the two measured values that the quantile
 * lies between: a sketch names the lower one.
 */
export function betweenMeasured(
  rows: readonly Row[],
  theirs: readonly ExpectedRow[],
  many: readonly Row[],
): readonly Row[] {
  const expected = new Map(theirs.map((row) => [columnsOf(row), row.aggregate_value]));
  const measured = new Map(many.map((row) => [columnsOf(row), listOf(row.aggregate_value)]));
  return rows.map((row) => {
    const wanted = expected.get(columnsOf(row));
    const known = measured.get(columnsOf(row)) ?? [];
    const ours = listOf(row.aggregate_value);
    const theirValues = listOf(wanted ?? null);
    const fits =
      ours.length === theirValues.length && ours.every((value, index) => fitsIn(value, theirValues[index], known));
    return fits && wanted !== undefined ? { ...row, aggregate_value: wanted } : row;
  });
}

function fitsIn(lower: number | null, wanted: number | null | undefined, known: readonly (number | null)[]): boolean {
  if (lower === null || wanted == null) return lower === wanted;
  const upper = known.find((value) => value !== null && value > lower + Math.abs(lower) * 2 * error) ?? lower;
  return wanted >= lower - Math.abs(lower) * error && wanted <= upper + Math.abs(upper) * error;
}

function listOf(value: Value): readonly (number | null)[] {
  return typeof value === 'object' && value !== null ? value : [value];
}
