import { describe, expect, it } from 'vitest';
import { firstAnswer, judge, percentile } from '../bench/slack-verdict.ts';

const time = (medianMs: number) => ({ medianMs, minimumMs: medianMs / 2 });
const measured = { floor: time(100), bolt: time(240), ours: time(120), warmP99Ms: 15 };

describe('the verdict on the first answer', () => {
  it('is kept at 1.2 times the floor, half of Bolt and 15 ms', () => {
    expect(judge(measured)).toEqual({ ofFloor: 1.2, ofBolt: 0.5, warmP99Ms: 15, kept: true });
  });

  it.each([
    ['the floor', { floor: time(99) }],
    ['Bolt', { bolt: time(239) }],
    ['the warm calls', { warmP99Ms: 15.1 }],
    ['what was not measured', { bolt: time(Number.NaN) }],
  ])('is broken by %s', (_, change) => {
    expect(judge({ ...measured, ...change }).kept).toBe(false);
  });

  it.each([
    [0.5, 2],
    [0.99, 4],
    [0, 1],
    [1, 4],
  ])('reads the percentile %f as the nearest rank', (share, value) => {
    expect(percentile([4, 1, 3, 2], share)).toBe(value);
  });

  it('names the middle and the least', () => {
    expect(firstAnswer([3, 1, 2])).toEqual({ medianMs: 2, minimumMs: 1 });
  });
});
