import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTraceMetrics } from './parse-trace-metrics.ts';

const sent = {
  timestamp: 1_772_442_000.25,
  trace_id: '624f66e93d3a4d2c8f4a2a3d3f3f3f3f',
  name: 'checkout.total',
  type: 'distribution',
  unit: 'millisecond',
  value: 12.5,
};
const typed = (value: unknown) => ({ value, type: typeof value });
const parse = (...items: unknown[]) => parseTraceMetrics(JSON.stringify({ version: 2, items }));

describe('a trace_metric item', () => {
  it('is read as an SDK writes it', () => {
    const attributes = {
      route: typed('/pay'),
      retries: typed(2),
      paid: typed(true),
      'server.address': typed('web-1'),
      'sentry.release': typed('shop@1.2.0'),
      'sentry.environment': typed('production'),
      'sentry.sdk.name': typed('sentry.javascript.node'),
      'sentry.timestamp.sequence': typed(3),
      'user.id': typed('42'),
      'user.email': typed('ann@acme.example'),
      list: { value: ['a'], type: 'array' },
      odd: null,
    };
    expect(parse({ ...sent, attributes })).toEqual({
      points: [
        {
          metric: { type: 'd', namespace: 'custom', name: 'checkout.total', unit: 'millisecond' },
          tags: {
            route: '/pay',
            retries: '2',
            paid: 'true',
            'server.address': 'web-1',
            release: 'shop@1.2.0',
            environment: 'production',
          },
          sample: { type: 'd', values: [12.5] },
          timestamp: 1_772_442_000.25,
        },
      ],
      refused: new Map(),
    });
  });

  it.each([
    ['counter', { type: 'c', increment: 12.5 }],
    ['gauge', { type: 'g', last: 12.5, min: 12.5, max: 12.5, sum: 12.5, count: 1 }],
    ['distribution', { type: 'd', values: [12.5] }],
  ])('%s has the sample %o', (type, sample) => {
    const { points } = parse({ ...sent, type, unit: undefined, timestamp: undefined });
    expect(points).toMatchObject([{ metric: { type: sample.type, unit: 'none' }, tags: {}, sample }]);
    expect(points[0]?.timestamp).toBeUndefined();
  });

  it('keeps what it can read and counts the rest', () => {
    const tooMany = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`t${index}`, typed(index)]));
    const { points, refused } = parse(
      sent,
      { ...sent, value: '12.5' },
      { ...sent, value: null },
      { ...sent, type: 'set' },
      { ...sent, name: ' ' },
      { ...sent, attributes: tooMany },
      null,
      [],
    );
    expect(points).toHaveLength(1);
    expect(Object.fromEntries(refused)).toEqual({ malformed_metric: 5, name: 1, too_many_tags: 1 });
  });

  it.each(['', '[]', '{}', 'null', '{"items":{}}', '{"items":null}', '{"items":[', '"x"'])('%j is none', (text) => {
    expect(parseTraceMetrics(text)).toEqual({ points: [], refused: new Map([['malformed_metric', 1]]) });
  });

  it('is read or counted, whatever it is', () => {
    const item = fc.record(
      {
        name: fc.string({ unit: 'binary' }),
        type: fc.constantFrom('counter', 'gauge', 'distribution', '__proto__'),
        value: fc.oneof(fc.double(), fc.jsonValue()),
        unit: fc.string({ unit: 'binary' }),
        timestamp: fc.oneof(fc.double(), fc.jsonValue()),
        attributes: fc.dictionary(
          fc.string({ unit: 'binary' }),
          fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue() })),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(item, fc.jsonValue()), { maxLength: 5 }), (items) => {
        const { points, refused } = parse(...items);
        expect(points.length + [...refused.values()].reduce((sum, count) => sum + count, 0)).toBe(items.length);
      }),
    );
  });
});
