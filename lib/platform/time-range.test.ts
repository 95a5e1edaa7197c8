import { describe, expect, it } from 'vitest';
import { BadRequestError } from './errors.ts';
import { timeRange } from './time-range.ts';

const now = Date.parse('2026-03-02T09:00:00.000Z');

describe('a time range', () => {
  it.each<[Parameters<typeof timeRange>[0], ReturnType<typeof timeRange>]>([
    [{}, {}],
    [{ start: '', end: '', statsPeriod: '' }, {}],
    [{ statsPeriod: '14d' }, { from: '2026-02-16T09:00:00.000Z' }],
    [{ statsPeriod: '90' }, { from: '2026-03-02T08:58:30.000Z' }],
    [{ statsPeriod: '1w', start: 'null' }, { from: '2026-02-23T09:00:00.000Z' }],
    [{ statsPeriod: '9999999999w' }, { from: '1970-01-01T00:00:00.000Z' }],
    [
      { start: '2026-03-01', end: '2026-03-02' },
      { from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
    ],
    [
      { start: '2026-03-01T10:00:00', end: '2026-03-01T12:30:00.5+02:00' },
      { from: '2026-03-01T10:00:00.000Z', to: '2026-03-01T10:30:00.500Z' },
    ],
    [
      { start: '2026-03-01T10:00:00 01:00', end: '2026-03-01T12:00:00Z' },
      { from: '2026-03-01T09:00:00.000Z', to: '2026-03-01T12:00:00.000Z' },
    ],
  ])('in %j is %j', (sent, range) => {
    expect(timeRange(sent, now)).toEqual(range);
  });

  it.each([
    [{ start: 'null', end: 'null' }],
    [{ start: '2026-03-01' }],
    [{ end: '2026-03-01' }],
    [{ start: '2026-02-30', end: '2026-03-01' }],
    [{ start: '2026-03-02', end: '2026-03-01' }],
    [{ statsPeriod: '14y' }],
    [{ statsPeriod: '-1d' }],
    [{ statsPeriod: '14days' }],
  ])('in %j is refused', (sent) => {
    expect(() => timeRange(sent, now)).toThrow(BadRequestError);
  });
});
