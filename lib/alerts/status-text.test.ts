import { describe, expect, it } from 'vitest';
import { type StatusSubject, statusText } from './status-text.ts';

const minute = 60;
const hour = 3_600;
const day = 86_400;

describe('the status text', () => {
  it.each<[aggregate: string, windowSeconds: number, value: number | null, text: string]>([
    ['count()', 10 * minute, 123, '123 events in the last 10 minutes'],
    ['count()', 10 * minute, 0, '0 events in the last 10 minutes'],
    ['count()', minute, 1, '1 event in the last minute'],
    ['count()', 10 * minute, 5_000, '5,000 events in the last 10 minutes'],
    ['count()', 10 * minute, null, 'No data for events in the last 10 minutes'],
    ['count_unique(tags[sentry:user])', 10 * minute, 7, '7 users affected in the last 10 minutes'],
    ['count_unique(tags[sentry:user])', hour, 1, '1 user affected in the last hour'],
    [
      'percentage(sessions_crashed, sessions) AS _crash_rate_alert_aggregate',
      hour,
      100,
      '100% crash-free sessions in the last hour',
    ],
    ['percentage(sessions_crashed, sessions)', hour, 92.5, '92.5% crash-free sessions in the last hour'],
    [
      'percentage(users_crashed, users) AS _crash_rate_alert_aggregate',
      hour,
      92,
      '92% crash-free users in the last hour',
    ],
    ['percentage(sessions_crashed, sessions)', hour, null, 'No session data in the last hour'],
    ['avg(d:custom/page_load@millisecond)', 5 * minute, 1_234, 'avg(page_load) is 1.23 s over the last 5 minutes'],
    ['count(c:custom/clicks@none)', 5 * minute, 1_000, 'count(clicks) is 1,000 over the last 5 minutes'],
    ['count_unique(s:custom/carts@byte)', 5 * minute, 2_000, 'count_unique(carts) is 2,000 over the last 5 minutes'],
    ['sum(c:custom/checkout.errors@none)', minute, 11, 'sum(checkout.errors) is 11 over the last minute'],
    ['sum(c:custom/checkout.errors@none)', 2 * day, null, 'No data for sum(checkout.errors) in the last 2 days'],
    ['sum(c:custom/upload@byte)', 90 * minute, 1_500, 'sum(upload) is 1.5 KB over the last 90 minutes'],
    ['p95(transaction.duration)', minute, 512.5, 'p95(transaction.duration) is 512.5 over the last minute'],
    ['toString', 4 * hour, 2, 'toString is 2 over the last 4 hours'],
    ['', day, 2, ' is 2 over the last day'],
  ])('of %s over %d s with %s is: %4$s', (aggregate, windowSeconds, value, text) => {
    expect(statusText({ aggregate, windowSeconds }, value)).toBe(text);
  });

  it.each<[comparisonSeconds: number, value: number | null, text: string]>([
    [12 * hour, 123.12, 'Events are 23% higher in the last 10 minutes than 12 hours earlier'],
    [5 * minute, 42.9, 'Events are 57% lower in the last 10 minutes than 5 minutes earlier'],
    [hour, 100.4, 'Events are unchanged in the last 10 minutes from an hour earlier'],
    [day, 42.9, 'Events are 57% lower in the last 10 minutes than a day earlier'],
    [7 * day, 42.9, 'Events are 57% lower in the last 10 minutes than a week earlier'],
    [30 * day, 1_334, 'Events are 1,234% higher in the last 10 minutes than a month earlier'],
    [14 * day, 50, 'Events are 50% lower in the last 10 minutes than 14 days earlier'],
    [minute, 50, 'Events are 50% lower in the last 10 minutes than a minute earlier'],
    [hour, null, 'No data to compare for events in the last 10 minutes'],
  ])('compared with %d s before, at %s %%, is: %2$s', (comparisonSeconds, value, text) => {
    expect(statusText({ aggregate: 'count()', windowSeconds: 10 * minute, comparisonSeconds }, value)).toBe(text);
  });

  it('compares a metric by its label', () => {
    const subject: StatusSubject = {
      aggregate: 'avg(d:custom/page_load@millisecond)',
      windowSeconds: 10 * minute,
      comparisonSeconds: hour,
    };
    expect(statusText(subject, 150)).toBe('avg(page_load) is 50% higher in the last 10 minutes than an hour earlier');
  });
});
