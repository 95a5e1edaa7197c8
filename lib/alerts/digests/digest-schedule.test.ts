import { describe, expect, it } from 'vitest';
import { cronFaults, isTimeZone, nextOccurrence } from './digest-schedule.ts';
import { planOccurrence } from './plan-occurrence.ts';

const berlin = 'Europe/Berlin';
const at = (iso: string) => Date.parse(iso);

/** So many moments of a schedule after another one. */
function moments(cron: string, timeZone: string, after: string, count: number): string[] {
  const found: string[] = [];
  let last: number | undefined = at(after);
  while (found.length < count && last !== undefined) {
    last = nextOccurrence({ cron, timeZone }, last);
    if (last !== undefined) found.push(new Date(last).toISOString());
  }
  return found;
}

describe('a schedule', () => {
  it.each(['0 9 * * 1', '0 9 * * MON-FRI', '30 8 L * *'])('%s is one', (cron) => {
    expect(cronFaults({ cron, timeZone: berlin })).toEqual([]);
  });

  it.each([
    ['0 9 * *', /five parts/u],
    ['@weekly', /five parts/u],
    ['0 0 9 * * 1', /five parts/u],
    ['61 9 * * *', /minute of the schedule cannot be "61"/u],
    ['* 9 * * *', /minute of the schedule is one number/u],
    ['0,30 9 * * *', /minute of the schedule is one number/u],
    ['0 25 * * *', /hour of the schedule cannot be "25"/u],
    ['0 9 32 * *', /day of the month of the schedule cannot be "32"/u],
    ['0 9 * 13 *', /month of the schedule cannot be "13"/u],
    ['0 9 * * funday', /day of the week of the schedule cannot be "funday"/u],
    ['0 0 31 2 *', /never comes/u],
  ])('%s is none, and it is said which part is wrong', (cron, words) => {
    const [fault, ...others] = cronFaults({ cron, timeZone: berlin });
    expect(fault).toMatch(words);
    expect(others).toEqual([]);
  });

  it('says of each part that is wrong that it is', () => {
    expect(cronFaults({ cron: 'x 9 * 13 *', timeZone: berlin })).toHaveLength(2);
  });

  it.each([
    [berlin, true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Europe/Nowhere', false],
    ['+02:00', false],
    ['', false],
  ])('in the time zone %j is possible: %j', (name, isPossible) => {
    expect(isTimeZone(name)).toBe(isPossible);
  });
});

describe('where clocks are changed', () => {
  it('nine in the morning stays nine in the morning', () => {
    expect(moments('0 9 * * 1', berlin, '2026-03-20T00:00:00Z', 2)).toEqual([
      '2026-03-23T08:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
    expect(moments('0 9 * * 1', berlin, '2026-10-16T00:00:00Z', 2)).toEqual([
      '2026-10-19T07:00:00.000Z',
      '2026-10-26T08:00:00.000Z',
    ]);
  });

  it('a time that is skipped comes once, an hour later; one that is shown twice comes once', () => {
    expect(moments('30 2 * * *', berlin, '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(moments('30 2 * * *', berlin, '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it.each(['2026-03-28T22:45:00Z', '2026-10-24T22:45:00Z'])('every hour goes on after %s', (after) => {
    const found = moments('30 * * * *', berlin, after, 6);
    const times = found.map(at);
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? time))).toBe(true);
    expect(times).toHaveLength(6);
  });
});

describe('of what was missed', () => {
  const daily = { cron: '0 9 * * *', timeZone: 'UTC' };
  const due = at('2026-03-02T09:00:00Z');
  const plan = (now: string) => planOccurrence(daily, due, at(now));

  it('nothing is skipped when nothing was', () => {
    expect(plan('2026-03-02T09:00:30Z')).toEqual({
      sendMs: due,
      skipped: undefined,
      nextMs: at('2026-03-03T09:00:00Z'),
    });
  });

  it('the newest is sent, and those before it are not', () => {
    expect(plan('2026-03-05T11:00:00Z')).toEqual({
      sendMs: at('2026-03-05T09:00:00Z'),
      skipped: { count: 3, isMore: false, firstMs: due, lastMs: at('2026-03-04T09:00:00Z') },
      nextMs: at('2026-03-06T09:00:00Z'),
    });
  });

  it('none is sent that is a day old', () => {
    const weekly = { cron: '0 9 * * 1', timeZone: 'UTC' };
    expect(planOccurrence(weekly, due, at('2026-03-03T08:59:59Z'))).toMatchObject({ sendMs: due });
    expect(planOccurrence(weekly, due, at('2026-03-03T09:00:00Z'))).toEqual({
      sendMs: undefined,
      skipped: { count: 1, isMore: false, firstMs: due, lastMs: due },
      nextMs: at('2026-03-09T09:00:00Z'),
    });
  });

  it('so many that nobody counts them hold nothing up', () => {
    const hourly = { cron: '0 * * * *', timeZone: 'UTC' };
    const now = at('2027-03-02T09:30:00Z');
    expect(planOccurrence(hourly, due, now)).toEqual({
      sendMs: at('2027-03-02T09:00:00Z'),
      skipped: { count: 1_000, isMore: true, firstMs: due, lastMs: at('2027-03-02T08:00:00Z') },
      nextMs: at('2027-03-02T10:00:00Z'),
    });
  });
});
