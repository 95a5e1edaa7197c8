import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPoint, anySample, anyTotal } from '../../tests/support/any-points.ts';
import type { MetricPoint } from './metric-point.ts';
import { pointMessage, toWirePoint } from './point-message.ts';
import { messageLimits, splitPoints } from './split-points.ts';

const nowSeconds = 1_772_442_000;
const frame = { batchId: 'abcdefghijklmnop', organization: 'acme', projectId: '7', receivedAtSeconds: nowSeconds };

/** What the worker reads of points that were sent. */
function received(points: readonly unknown[]): readonly MetricPoint[] {
  return pointMessage.parse(JSON.parse(JSON.stringify({ ...frame, points }))).points;
}

describe('a message of points', () => {
  it('tells every point as it was', () => {
    const points = fc.array(anyPoint(nowSeconds, fc.oneof(anySample, anyTotal)), { maxLength: 5 });
    fc.assert(
      fc.property(points, (sent) => {
        expect(received(sent.map(toWirePoint))).toEqual(JSON.parse(JSON.stringify(sent)).map(withTime));
      }),
    );
  });

  it.each<[string, unknown]>([
    ['another metric id', { m: 'checkout', s: { increment: 1 } }],
    ['a sample of another type', { m: 'c:custom/a@none', s: { values: [1] } }],
    ['no sample', { m: 'c:custom/a@none' }],
    ['what is no number', { m: 'd:custom/a@none', s: { values: [null] } }],
    ['a field that nobody knows', { m: 'c:custom/a@none', s: { increment: 1 }, x: 1 }],
  ])('is not read with %s', (_, point) => {
    expect(pointMessage.safeParse({ ...frame, points: [point] }).success).toBe(false);
  });
});

/** What JSON leaves out of a point. */
function withTime(point: MetricPoint): MetricPoint {
  return { ...point, timestamp: point.timestamp };
}

describe('splitting points into messages', () => {
  const base = { metric: { namespace: 'custom', name: 'a', unit: 'none' }, tags: {}, timestamp: undefined } as const;
  const counter = (increment: number): MetricPoint => ({
    ...base,
    metric: { ...base.metric, type: 'c' },
    sample: { type: 'c', increment },
  });
  const wide = (values: number): MetricPoint => ({
    ...base,
    metric: { ...base.metric, type: 'd' },
    sample: { type: 'd', values: Array.from({ length: values }, (_, index) => index + 0.123456789012345) },
  });
  const members = (many: number): MetricPoint => ({
    ...base,
    metric: { ...base.metric, type: 's' },
    sample: { type: 's', members: Array.from({ length: many }, (_, index) => `${index}${'é'.repeat(190)}`) },
  });
  const total = (value: number): MetricPoint => ({
    ...base,
    metric: { ...base.metric, type: 'c' },
    sample: { type: 'c', cumulative: { stream: '', startSeconds: 1, value } },
  });

  it.each<[string, readonly MetricPoint[], number]>([
    ['no points', [], 0],
    ['two thousand', Array.from({ length: 2_000 }, (_, index) => counter(index)), 1],
    ['one more', Array.from({ length: 2_001 }, (_, index) => counter(index)), 2],
    ['sixty-one running totals', Array.from({ length: 61 }, (_, index) => total(index)), 2],
    ['one point of thirty thousand values', [wide(30_000)], 3],
    ['one point of a thousand long members', [members(1_000)], 2],
  ])('takes as few messages as it can for %s, and loses nothing', (_, points, messages) => {
    const split = splitPoints(points);
    expect(split).toHaveLength(messages);
    for (const message of split) {
      expect(Buffer.byteLength(JSON.stringify({ ...frame, points: message }))).toBeLessThanOrEqual(messageLimits.bytes);
      expect(message.length).toBeLessThanOrEqual(messageLimits.points);
    }
    expect(split.flatMap(received).flatMap(values)).toEqual(points.flatMap(values));
  });

  function values({ sample }: MetricPoint): readonly unknown[] {
    if ('values' in sample) return sample.values;
    return sample.type === 's' ? sample.members : [sample];
  }
});
