import { describe, expect, it } from 'vitest';
import { dueWindows, eventTime, nextWindowEnd } from './rule-windows.ts';

const minute = 60_000;
const every = (minutes: number) => ({ resolutionSeconds: minutes * 60 });
/** The ends in minutes. */
const ends = (resolution: number, due: number, now: number) =>
  dueWindows(every(resolution), due * minute, now * minute).endsMs.map((endMs) => endMs / minute);

describe('the windows that are due', () => {
  it.each([
    ['the one that has just ended', 1, 600, 600, [600]],
    ['all that were missed, in order', 1, 597, 600, [597, 598, 599, 600]],
    ['none that was judged', 1, 601, 600, []],
    ['those that end at a multiple of the resolution', 15, 586, 629, [600, 615]],
    ['none before the first such moment', 15, 601, 614, []],
    ['the last hour, after a longer pause', 15, 300, 600, [540, 555, 570, 585, 600]],
  ])('are %s', (_, resolution, due, now, expected) => {
    expect(ends(resolution, due, now)).toEqual(expected);
  });

  it('tell whether older ones were missed for good', () => {
    expect(dueWindows(every(15), 540 * minute, 600 * minute).isGap).toBe(false);
    expect(dueWindows(every(15), 525 * minute, 600 * minute).isGap).toBe(true);
    expect(dueWindows(every(1), 601 * minute, 600 * minute).isGap).toBe(false);
  });
});

describe('the next window', () => {
  it.each([
    [1, 600, 601],
    [1, 600.5, 601],
    [15, 600, 615],
  ])('of every %i minutes after minute %d ends at minute %i', (resolution, after, expected) => {
    expect(nextWindowEnd(every(resolution), after * minute) / minute).toBe(expected);
  });
});

describe('the time of a change', () => {
  it('is the beginning of the first window that had to agree', () => {
    const pace = { windowSeconds: 300, resolutionSeconds: 60, thresholdPeriod: 3 };
    expect(eventTime(pace, 600 * minute) / minute).toBe(600 - 5 - 2);
  });
});
