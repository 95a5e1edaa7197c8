import { describe, expect, it } from 'vitest';
import { intervalCount, timeRangeOf } from './time-range.ts';

const seconds = (time: string) => Date.parse(`2024-08-12T${time}Z`) / 1_000;

describe('a time in intervals', () => {
  it.each([
    ['13:16:59', '14:16:59', 60, '13:16:00', '14:17:00', 61, 60],
    ['13:00:00', '14:00:00', 59, '12:59:45', '14:00:43', 62, 10],
    ['13:00:01', '13:59:59', 3_600, '13:00:00', '14:00:00', 1, 3_600],
    ['13:00:00', '14:00:00', 300, '13:00:00', '14:00:00', 12, 60],
  ])('%s to %s by %d s becomes %s to %s', (start, end, intervalSeconds, from, until, count, granularitySeconds) => {
    const range = timeRangeOf({ startSeconds: seconds(start), endSeconds: seconds(end), intervalSeconds });
    const [startSeconds, endSeconds] = [seconds(from), seconds(until)];
    expect(range).toEqual({ startSeconds, endSeconds, intervalSeconds, granularitySeconds });
    expect(intervalCount(range)).toBe(count);
  });
});

describe('a time as a whole', () => {
  it.each([
    ['00:00:00', '00:00:10', 10],
    ['13:00:00', '14:00:00', 3_600],
    ['13:05:00', '14:00:00', 60],
    ['13:01:53', '14:00:00', 10],
  ])('%s to %s is read in the largest buckets that begin at both: %d s', (start, end, granularitySeconds) => {
    const range = timeRangeOf({ startSeconds: seconds(start), endSeconds: seconds(end) });
    expect(range).toMatchObject({ startSeconds: seconds(start), endSeconds: seconds(end), granularitySeconds });
  });
});
