import { divide, finite } from './aggregates.ts';
import type { Join } from './resolved-query.ts';
import {
  type Evaluated,
  type Group,
  type GroupedValues,
  groupKey,
  mapValues,
  type SeriesSet,
  single,
} from './series-set.ts';

type Operation = (left: number, right: number) => number | null;

const operations: Readonly<Record<Join, Operation>> = {
  plus: (left, right) => finite(left + right),
  minus: (left, right) => finite(left - right),
  multiply: (left, right) => finite(left * right),
  divide,
  share: divide,
};

/**
 * Joins two parts of a formula. Where one of them has nothing the result is null, and no interval or group vanishes; a part
 * with fewer groups, or none, goes with every group of the other that it agrees with, a number with everything.
 */
export function joinSeries(join: Join, left: Evaluated, right: Evaluated): Evaluated {
  const operate = (one: number | null, other: number | null) => {
    // Of nothing that failed the share is 0, not unknown.
    const counted = join === 'share' && other !== null ? (one ?? 0) : one;
    return counted === null || other === null ? null : operations[join](counted, other);
  };
  if (left.kind === 'number') return mapValues(right, (value) => operate(left.value, value));
  if (right.kind === 'number') return mapValues(left, (value) => operate(value, right.value));
  const { groupBy } = left.groupBy.length >= right.groupBy.length ? left : right;
  const groups = new Map<string, GroupedValues>();
  for (const [key, { group }] of [...groupsOf(left, groupBy), ...groupsOf(right, groupBy)]) {
    if (groups.has(key)) continue;
    const [one, other] = [valuesFor(left, group), valuesFor(right, group)];
    const times = new Set([...one.keys(), ...other.keys()]);
    const values = [...times].map((at) => [at, operate(single(one.get(at)), single(other.get(at)))] as const);
    groups.set(key, { group, values: new Map(values) });
  }
  return { kind: 'series', groupBy, groups };
}

/** The groups that a part has of its own; a part with fewer columns adds none. */
function groupsOf(series: SeriesSet, groupBy: readonly string[]): Iterable<readonly [string, GroupedValues]> {
  return series.groupBy.length === groupBy.length ? series.groups : [];
}

/** What a part has for a group, by the columns that it knows. */
function valuesFor(series: SeriesSet, group: Group): GroupedValues['values'] {
  return series.groups.get(groupKey(series.groupBy.map((column) => String(group[column]))))?.values ?? nothing;
}

const nothing: GroupedValues['values'] = new Map();
