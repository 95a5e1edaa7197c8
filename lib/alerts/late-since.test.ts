import { expect, it } from 'vitest';
import { lateSince } from './late-since.ts';

const [createdAt, dueAt] = ['2026-03-02T09:00:00.000Z', '2026-03-02T08:10:00.000Z'];
const [inTime, tooLate] = ['2026-03-02T09:05:00.000Z', '2026-03-02T09:05:00.001Z'];

it.each([
  ['is told five minutes later is in time', { createdAt }, inTime, undefined],
  ['is told after that is late since it was found', { createdAt }, tooLate, createdAt],
  [
    'is told as soon as it was found, which was late, is late since it could be found',
    { createdAt, dueAt },
    createdAt,
    dueAt,
  ],
  ['was sent in time is in time for ever', { createdAt, sentAt: inTime }, '2026-03-03T09:00:00.000Z', undefined],
  ['was sent late is late for ever', { createdAt, sentAt: tooLate }, '2026-03-03T09:00:00.000Z', createdAt],
  ['failed in time is not late', { createdAt, failedAt: inTime }, '2026-03-03T09:00:00.000Z', undefined],
])('what %s', (_, notification, now, expected) => {
  expect(lateSince(notification, Date.parse(now))).toBe(expected);
});
