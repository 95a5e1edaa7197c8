import { describe, expect, test } from 'vitest';
import { parseScheduleExpression } from './next-time.ts';

const start = '2026-01-01T00:00:10Z';

describe('a schedule expression', () => {
  test.for<[expression: string, after: string, next: string | undefined, zone?: string]>([
    ['rate(1 minute)', start, '2026-01-01T00:01:10Z'],
    ['rate(1 minute)', '2026-01-01T00:01:09.999Z', '2026-01-01T00:01:10Z'],
    ['rate(1 minute)', '2026-01-01T00:01:10Z', '2026-01-01T00:02:10Z'],
    ['rate(5 minutes)', '2026-01-01T00:07:00Z', '2026-01-01T00:10:10Z'],
    ['rate(2 hours)', start, '2026-01-01T02:00:10Z'],
    ['rate(1 day)', start, '2026-01-02T00:00:10Z'],
    ['cron(15 10 ? * 6L 2026-2027)', start, '2026-01-30T10:15:00Z'],
    ['cron(0 12 * * ? *)', start, '2026-01-01T12:00:00Z'],
    ['cron(0 8 ? * MON-FRI *)', '2026-01-02T09:00:00Z', '2026-01-05T08:00:00Z'],
    ['cron(0 8 ? * 1 *)', start, '2026-01-04T08:00:00Z'],
    ['cron(0/15 * * * ? *)', '2026-01-01T00:16:00Z', '2026-01-01T00:30:00Z'],
    ['cron(0 8 1 * ? *)', start, '2026-01-01T07:00:00Z', 'Europe/Berlin'],
    ['cron(0 0 1 1 ? 2025)', start, undefined],
    ['at(2026-03-01T10:00:00)', start, '2026-03-01T10:00:00Z'],
    ['at(2025-03-01T10:00:00)', start, undefined],
  ])('%s after %s is due at %s', ([expression, after, next, zone = 'UTC']) => {
    const nextTime = parseScheduleExpression(expression, zone, Date.parse(start));
    expect(nextTime(Date.parse(after))).toBe(next === undefined ? undefined : Date.parse(next));
  });

  test.for(['rate(0 minutes)', 'rate(10 seconds)', 'cron(* * * * *)', 'cron(0 8 * * MON *)', 'every minute'])(
    'refuses %s',
    (expression) => {
      expect(() => parseScheduleExpression(expression, 'UTC', 0)).toThrow();
    },
  );
});
