import { describe, expect, test } from 'vitest';
import { maxPoints, type Rolling, rollWindows } from './roll-windows.ts';

const minute = 60_000;
const start = Date.parse('2026-03-02T09:00:00Z');
const seconds = (count: number) => start + count * 1_000;
const buckets = (totals: Readonly<Record<number, number>>, keptFrom = -86_400) => ({
  bucketMs: 10_000,
  keptFromMs: seconds(keptFrom),
  totals: new Map(Object.entries(totals).map(([at, total]) => [seconds(Number(at)), total])),
});
const rolling: Rolling = {
  fromMs: start,
  untilMs: seconds(180),
  windowMs: minute,
  everyMs: minute,
  lookedAtMs: start,
  thresholdType: 'above',
};

describe('rolling a window over buckets', () => {
  test('gives the sum before each moment at which the rule looks, and nothing where nothing was counted', () => {
    expect(rollWindows(buckets({ [-10]: 1, 0: 2, 50: 3, 170: 5 }), rolling)).toEqual([
      [seconds(0), 1],
      [seconds(60), 5],
      [seconds(120), null],
      [seconds(180), 5],
    ]);
  });

  test('looks when the rule looks: a bucket that its window only touches counts whole', () => {
    expect(
      rollWindows(buckets({ 0: 2, 20: 7 }), { ...rolling, lookedAtMs: seconds(625), untilMs: seconds(90) }),
    ).toEqual([
      [seconds(25), 9],
      [seconds(85), 7],
    ]);
  });

  test('knows nothing of windows that reach back behind what is kept', () => {
    expect(rollWindows(buckets({ 0: 2, 50: 1, 70: 4 }, 10), rolling)).toEqual([
      [seconds(0), null],
      [seconds(60), null],
      [seconds(120), 4],
      [seconds(180), null],
    ]);
  });

  test.each([
    ['above', 9],
    ['below', 1],
  ] as const)('keeps the worst of what falls into one point of a rule that warns %s', (thresholdType, worst) => {
    const totals = Object.fromEntries(Array.from({ length: 1_440 }, (_, index) => [index * 60, 5]));
    const day = { ...rolling, untilMs: seconds(86_340), thresholdType };
    const points = rollWindows(buckets({ ...totals, 7200: 9, 36000: 1 }), day);
    expect(points.length).toBeLessThanOrEqual(maxPoints);
    expect(points.filter(([, value]) => value !== 5 && value !== null).map(([, value]) => value)).toEqual([worst]);
  });

  test('adds fractions without the tail that binary numbers leave', () => {
    expect(rollWindows(buckets({ 130: 0.1, 140: 0.2 }), rolling).at(-1)).toEqual([seconds(180), 0.3]);
  });
});
