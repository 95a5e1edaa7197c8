import { AssertionError } from 'node:assert/strict';
import type { Value } from '../../../lib/metrics/mql/aggregates.ts';
import type { Row } from '../../../lib/metrics/mql/rows.ts';
import type { CaseRemark } from '../case.ts';
import { same } from '../releases/compare.ts';
import type { ExpectedAnswer, ExpectedRow } from './eval-forms.ts';

/** What of a request decides how rows are compared. */
interface Asked {
  readonly mql: string;
  readonly rollup: { readonly orderby?: string | null | undefined };
}

/**
 * Compares rows; only where an order was asked for their order counts. @throws AssertionError
 * @returns what has to be said when ours has rows of gaps that theirs leaves out
 */
export function compareRows(rows: readonly Row[], expected: ExpectedAnswer, asked: Asked): CaseRemark | undefined {
  const count = expected.rows?.length ?? expected.row_count ?? rows.length;
  if (expected.row_count !== undefined) same(count, expected.row_count);
  const known = rows.filter(({ aggregate_value }) => aggregate_value !== null);
  const withGaps = rows.length === count ? rows : known;
  same(withGaps.length, count);
  if (expected.rows !== undefined) {
    const isOrdered = (asked.rollup.orderby ?? null) !== null;
    const theirs = isOrdered ? expected.rows : inOrder(expected.rows);
    const ours = isOrdered ? withGaps : inOrder(withGaps);
    ours.forEach((row, index) => {
      if (!rowsAgree(row, theirs[index], asked.mql)) {
        throw new AssertionError({ actual: row, expected: theirs[index], message: 'another row' });
      }
    });
  }
  const reason = 'where an operand is missing the value is null and the row does not vanish';
  return withGaps === rows ? undefined : { differsOnPurpose: reason };
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
  const { aggregate_value: value, ...columns } = actual;
  const { aggregate_value: expectedValue, ...expectedColumns } = expected;
  const isSame = JSON.stringify(sorted(columns)) === JSON.stringify(sorted(expectedColumns));
  return isSame && valuesAgree(value, expectedValue, mql);
}

function inOrder<T extends Row | ExpectedRow>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((one, other) => {
    const [left, right] = [one, other].map(({ aggregate_value: _, ...columns }) => JSON.stringify(sorted(columns)));
    return (left ?? '') < (right ?? '') ? -1 : Number(left !== right);
  });
}

function sorted(columns: object): unknown[] {
  return Object.entries(columns).sort(([one], [other]) => (one < other ? -1 : 1));
}
