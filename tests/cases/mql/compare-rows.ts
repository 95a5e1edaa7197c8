import { AssertionError } from 'node:assert/strict';
import type { Value } from '../../../lib/metrics/mql/aggregates.ts';
import type { Row } from '../../../lib/metrics/mql/rows.ts';
import { same } from '../releases/compare.ts';
import type { ExpectedAnswer, ExpectedRow } from './eval-forms.ts';

/** What of a request decides how rows are compared. */
interface Asked {
  readonly mql: string;
  readonly rollup: { readonly orderby?: string | null | undefined };
}

/** Our rows without those of gaps, which theirs leaves out: they have no value, and it has no row in their place. */
export function withoutGaps(rows: readonly Row[], theirs: readonly ExpectedRow[] = []): readonly Row[] {
  const unknown = new Set(theirs.filter((row) => row.aggregate_value === null).map(columnsOf));
  return rows.filter((row) => row.aggregate_value !== null || unknown.has(columnsOf(row)));
}

/** Compares rows that have no gaps; only where an order was asked for their order counts. @throws AssertionError */
export function compareRows(rows: readonly Row[], expected: ExpectedAnswer, asked: Asked): void {
  if (expected.row_count !== undefined) same(rows.length, expected.row_count);
  if (expected.rows === undefined) return;
  same(rows.length, expected.rows.length);
  const isOrdered = (asked.rollup.orderby ?? null) !== null;
  const theirs = isOrdered ? unknownLast(expected.rows) : inOrder(expected.rows);
  const ours = isOrdered ? unknownLast(rows) : inOrder(rows);
  ours.forEach((row, index) => {
    if (!rowsAgree(row, theirs[index], asked.mql)) {
      throw new AssertionError({ actual: row, expected: theirs[index], message: 'another row' });
    }
  });
}

/** Whether something was no number in what the other system answers. */
export function hasNoNumber(rows: readonly ExpectedRow[] | undefined): boolean {
  return (rows ?? []).some(({ aggregate_value }) => aggregate_value === null);
}

/** Whether two values are the same; quantiles may be off by a hundredth, sums by what floating point loses. */
export function valuesAgree(actual: Value | undefined, expected: ExpectedRow['aggregate_value'], mql: string): boolean {
  if (Array.isArray(actual) || Array.isArray(expected)) {
    if (!Array.isArray(actual) || !Array.isArray(expected) || actual.length !== expected.length) return false;
    return actual.every((value: Value, index) => valuesAgree(value, expected[index] ?? null, mql));
  }
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected;
  const tolerance = /\b(?:quantiles|p\d\d|apdex)\b/.test(mql) ? 0.01 : 1e-9;
  return Math.abs(actual - expected) <= tolerance * Math.abs(expected);
}

function rowsAgree(actual: Row, expected: ExpectedRow | undefined, mql: string): boolean {
  if (expected === undefined) return false;
  return (
    columnsOf(actual) === columnsOf(expected) && valuesAgree(actual.aggregate_value, expected.aggregate_value, mql)
  );
}

function inOrder<T extends Row | ExpectedRow>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((one, other) => (columnsOf(one) < columnsOf(other) ? -1 : 1));
}

/** What cannot be computed comes last in either order, and not as if it were more than everything. */
function unknownLast<T extends Row | ExpectedRow>(rows: readonly T[]): readonly T[] {
  const [known, unknown] = [false, true].map((isUnknown) =>
    rows.filter(({ aggregate_value: value }) => (value === null) === isUnknown),
  );
  return [...(known ?? []), ...inOrder(unknown ?? [])];
}

/** The columns of a row but its value, as a text to compare. */
export function columnsOf({ aggregate_value: _, ...columns }: Row | ExpectedRow): string {
  return JSON.stringify(Object.entries(columns).sort(([one], [other]) => (one < other ? -1 : 1)));
}
