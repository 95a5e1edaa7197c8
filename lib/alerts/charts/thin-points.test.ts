import { describe, expect, test } from 'vitest';
import type { ChartPoint } from './chart-input.ts';
import { maxPoints, thinPoints } from './thin-points.ts';

const minute = 60_000;
const day = Array.from({ length: 1_440 }, (_, index): ChartPoint => [index * minute, 5]);
const withOnes = (values: Readonly<Record<number, number | null>>) =>
  day.map(([at, value], index): ChartPoint => [at, index in values ? (values[index] ?? null) : value]);

describe('thinning points', () => {
  test('leaves as many as can be told apart as they are', () => {
    expect(thinPoints(day.slice(0, maxPoints), 'above')).toEqual(day.slice(0, maxPoints));
  });

  test.each([
    ['above', 9],
    ['below', 1],
  ] as const)('keeps the worst of what falls into one point of a rule that warns %s', (thresholdType, worst) => {
    const thinned = thinPoints(withOnes({ 120: 9, 121: null, 600: 1 }), thresholdType);
    expect(thinned.length).toBeLessThanOrEqual(maxPoints);
    expect(thinned.filter(([, value]) => value !== 5)).toEqual([[expect.any(Number), worst]]);
  });

  test('ends with the last moment, and knows nothing where nothing was measured', () => {
    const thinned = thinPoints(
      withOnes(Object.fromEntries(day.slice(-10).map((_, at) => [1_430 + at, null]))),
      'above',
    );
    expect(thinned.slice(-3)).toEqual([
      [1_429 * minute, 5],
      [1_434 * minute, null],
      [1_439 * minute, null],
    ]);
  });
});
