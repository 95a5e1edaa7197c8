import { expect, test } from 'vitest';
import { formatDateTokens } from './date-token.ts';

const context = { now: Date.UTC(2026, 9, 5, 12), timeZone: 'UTC' };
const seconds = (...time: [number, number, number, number?, number?, number?]) => Date.UTC(...time) / 1000;
const lastYear = seconds(2025, 1, 3, 18, 39, 45);
const thisMorning = seconds(2026, 9, 5, 6, 4, 5);

test.each<[string, number, string]>([
  ['{date_num}', lastYear, '2025-02-03'],
  ['{date_slash}', lastYear, '03/02/2025'],
  ['{date}', lastYear, 'February 3rd, 2025'],
  ['{date}', seconds(2026, 8, 22), 'September 22nd'],
  ['{date_long}', lastYear, 'Monday, February 3rd, 2025'],
  ['{date_long_full}', lastYear, 'February 3, 2025'],
  ['{date_short}', lastYear, 'Feb 3, 2025'],
  ['{date_pretty} at {time}', thisMorning, 'Today at 6:04 AM'],
  ['on {date_short_pretty}', seconds(2026, 9, 4, 23, 59), 'on yesterday'],
  ['{date_long_pretty}', seconds(2026, 9, 6), 'Tomorrow'],
  ['{day_divider_pretty}', seconds(2026, 9, 1), 'Thursday, October 1st'],
  ['{time_secs}', lastYear, '6:39:45 PM'],
  ['{ago}', context.now / 1000 - 185, '3 minutes ago'],
  ['{ago}', context.now / 1000 + 7200, 'In 2 hours'],
  ['{unknown} {date_num}', lastYear, '{unknown} 2025-02-03'],
])('%s of %d is %s', (format, time, text) => {
  expect(formatDateTokens(format, time, context)).toBe(text);
});

test('days are those of the zone', () => {
  const auckland = { ...context, timeZone: 'Pacific/Auckland' };
  expect(formatDateTokens('{date_pretty} at {time}', seconds(2026, 9, 4, 23), auckland)).toBe('Yesterday at 12:00 PM');
});
