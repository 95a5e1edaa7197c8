import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UniqueCounter } from '../sketches/unique-counter.ts';
import { RollupSum } from './merge-rollups.ts';
import { slidingWindows } from './sliding-windows.ts';

function rollupOf(value: number): RollupSum {
  const members = new UniqueCounter();
  members.add(String(value % 7));
  const rollup = new RollupSum();
  rollup.add({ count: 1, sum: value, min: value, max: value, members });
  return rollup;
}

/** What windows hold, each added up on its own. */
function oneByOne(values: ReadonlyMap<number, number>, length: number, until: number): unknown {
  const first = Math.min(...values.keys());
  const windows: unknown[] = [];
  for (let at = first; at < until; at += 60) {
    const inside = [...values].filter(([start]) => start > at - length * 60 && start <= at).map(([, value]) => value);
    if (inside.length === 0) continue;
    const sum = inside.reduce((total, value) => total + value, 0);
    const people = new Set(inside.map((value) => value % 7)).size;
    windows.push([at, inside.length, sum, Math.min(...inside), Math.max(...inside), people]);
  }
  return windows;
}

describe('windows that overlap', () => {
  it('hold the same as each of them added up on its own', () => {
    const series = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.nat(1_000)), {
      minLength: 1,
      selector: ([minute]) => minute,
    });
    const property = fc.property(
      series,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 70 }),
      (points, length, end) => {
        const values = new Map(points.map(([minute, value]) => [minute * 60, value]));
        const until = Math.max(end * 60, ...values.keys()) + 60;
        const rollups = new Map([...values].map(([at, value]) => [at, rollupOf(value)]));
        const sliding = { intervalSeconds: 60, windowSeconds: length * 60, untilSeconds: until };
        const windows = [...slidingWindows(rollups, sliding)].map(([at, one]) => [
          ...[at, one.count, one.sum, one.min, one.max, one.members.count()],
        ]);
        expect(windows.toSorted(([one = 0], [other = 0]) => one - other)).toEqual(oneByOne(values, length, until));
      },
    );
    void fc.assert(property);
  });

  it('are none without points', () => {
    expect(slidingWindows(new Map(), { intervalSeconds: 60, windowSeconds: 600, untilSeconds: 600 }).size).toBe(0);
  });
});
