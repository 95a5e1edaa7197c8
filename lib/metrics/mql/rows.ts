import type { Value } from './aggregates.ts';
import type { Evaluated, Group } from './series-set.ts';
import type { TimeRange } from './time-range.ts';

/** One row of an answer: the value, the start of its interval when one was asked for, and the columns of its group. */
export interface Row {
  readonly aggregate_value: Value;
  readonly time?: string;
  readonly [column: string]: Value | string | undefined;
}

interface Found {
  readonly at: number;
  readonly key: string;
  readonly group: Group;
  readonly value: Value;
}

/** The rows of a result: in the order of time where there are intervals, of values where asked for, then of groups. */
export function rowsOf(evaluated: Evaluated, range: TimeRange, orderBy: 'ASC' | 'DESC' | undefined): Row[] {
  if (evaluated.kind === 'number') return [{ aggregate_value: evaluated.value }];
  const found = [...evaluated.groups].flatMap(([key, { group, values }]) =>
    [...values].map(([at, value]): Found => ({ at, key, group, value })),
  );
  const byValue = orderBy === undefined ? () => 0 : compareValues(orderBy === 'ASC' ? 1 : -1);
  found.sort((one, other) => one.at - other.at || byValue(one, other) || compareTexts(one.key, other.key));
  return found.map(({ at, group, value }) => {
    const time = range.intervalSeconds === undefined ? {} : { time: isoTime(at) };
    return { ...group, ...time, aggregate_value: value };
  });
}

/** A time as text, in UTC, to the second. */
export function isoTime(seconds: number): string {
  return `${new Date(seconds * 1_000).toISOString().slice(0, 19)}+00:00`;
}

/** What is unknown comes last in either order; of several quantiles the first decides. */
function compareValues(sign: 1 | -1): (one: Found, other: Found) => number {
  return (one, other) => {
    const [left, right] = [leading(one.value), leading(other.value)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  };
}

function leading(value: Value): number | null {
  return typeof value === 'object' && value !== null ? (value[0] ?? null) : value;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
