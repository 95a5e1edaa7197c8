import { describe, expect, it } from 'vitest';
import { measuredAt, pointTimes, readMetrics } from '../../../tests/support/otlp-metrics.ts';
import { otlpLimits } from './read-otlp.ts';

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const sum = (point: object, more: object = {}) => ({
  name: 'a',
  sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...pointTimes, ...point }], ...more },
});
const gaugeOf = (value: number) => ({ type: 'g', last: value, min: value, max: value, sum: value, count: 1 });
const stream = expect.stringMatching(/^[\w-]{22}$/);

describe('a number', () => {
  it.each<[string, object, unknown]>([
    ['delta', sum({ asInt: '3' }), { type: 'c', increment: 3 }],
    ['delta that falls', sum({ asDouble: -1.5 }, { isMonotonic: false }), { type: 'c', increment: -1.5 }],
    ['number in place of a text', sum({ asInt: 3 }), { type: 'c', increment: 3 }],
    ['zero', sum({ asInt: '0' }), { type: 'c', increment: 0 }],
    [
      'temporality by name',
      sum({ asInt: '3' }, { aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA' }),
      { type: 'c', increment: 3 },
    ],
    [
      'running total',
      sum({ asInt: '3' }, { aggregationTemporality: 2 }),
      { type: 'c', cumulative: { stream, startSeconds: measuredAt - 60, value: 3 } },
    ],
    ['running total that may fall', sum({ asInt: '3' }, { aggregationTemporality: 2, isMonotonic: false }), gaugeOf(3)],
    ['gauge', { name: 'a', gauge: { dataPoints: [{ ...pointTimes, asDouble: 0.5 }] } }, gaugeOf(0.5)],
  ])('%s has its sample', (_, metric, sample) => {
    expect(readMetrics([metric])).toMatchObject({ samples: [sample], refused: {} });
  });

  it.each<[string, object, object]>([
    ['without a value', sum({}), { no_value: 1 }],
    ['without a temporality', sum({ asInt: '3' }, { aggregationTemporality: 0 }), { temporality: 1 }],
    ['of a total below zero', sum({ asInt: '-3' }, { aggregationTemporality: 2 }), { value_out_of_range: 1 }],
    ['without a name', { ...sum({ asInt: '3' }), name: '' }, { name: 1 }],
    [
      'of a summary',
      { name: 'a', summary: { dataPoints: [{ ...pointTimes, count: '1' }, pointTimes] } },
      { summary: 2 },
    ],
    ['that says that nothing was recorded', sum({ flags: 1 }), {}],
    [
      'with too many attributes',
      sum({ asInt: '3', attributes: Array.from({ length: 33 }, (_, index) => text(`k${index}`, 'x')) }),
      { too_many_tags: 1 },
    ],
  ])('%s is left out', (_, metric, refused) => {
    expect(readMetrics([metric])).toEqual({ points: [], samples: [], refused });
  });

  it('has its time, to the millisecond; none means now', () => {
    const { points } = readMetrics([sum({ asInt: '3' }), sum({ asInt: '3', timeUnixNano: '0' })]);
    expect(points.map(({ timestamp }) => timestamp)).toEqual([measuredAt + 0.5, undefined]);
  });
});

describe('attributes', () => {
  const tagsOf = (attributes: readonly object[], resource: readonly object[] = []) =>
    readMetrics([sum({ asInt: '1', attributes })], resource).points[0]?.tags;

  it('of a point are tags; lists, maps and bytes are not', () => {
    const attributes = [
      text('route', '/home'),
      { key: 'code', value: { intValue: '200' } },
      { key: 'ratio', value: { doubleValue: 0.5 } },
      { key: 'cached', value: { boolValue: false } },
      { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
      { key: 'map', value: { kvlistValue: { values: [text('a', 'b')] } } },
      { key: 'bytes', value: { bytesValue: 'AAAA' } },
      { key: 'nothing', value: {} },
      { key: 'no value' },
    ];
    expect(tagsOf(attributes)).toEqual({ route: '/home', code: '200', ratio: '0.5', cached: 'false' });
  });

  it('of a resource are tags where they do not tell one process from the next', () => {
    const resource = [
      ...['service.name', 'service.version', 'deployment.environment', 'host.name', 'team'],
      ...['service.instance.id', 'process.pid', 'telemetry.sdk.name', 'host.id', 'k8s.pod.uid', 'os.type'],
    ].map((key) => text(key, key));
    expect(tagsOf([], resource)).toEqual({
      environment: 'deployment.environment',
      release: 'service.version',
      'service.name': 'service.name',
      'host.name': 'host.name',
      team: 'team',
    });
  });

  it('of a point win over those of the resource, and the newer name of the environment over the older', () => {
    const resource = [text('deployment.environment', 'old'), text('deployment.environment.name', 'new')];
    expect(tagsOf([], resource)).toEqual({ environment: 'new' });
    expect(tagsOf([text('environment', 'own')], resource)).toEqual({ environment: 'own' });
  });
});

describe('the stream of a running total', () => {
  const total = (attributes: readonly object[] = [], startTimeUnixNano: string = pointTimes.startTimeUnixNano) =>
    sum({ asInt: '1', attributes, startTimeUnixNano }, { aggregationTemporality: 2 });
  const streamOf = (...parts: Parameters<typeof readMetrics>) =>
    (readMetrics(...parts).samples[0] as unknown as { cumulative: { stream: string } }).cumulative.stream;
  const [one, other] = [text('a', '1'), text('b', '2')];

  it('is the same whatever order attributes come in', () => {
    expect(streamOf([total([one, other])], [other, one])).toBe(streamOf([total([other, one])], [one, other]));
  });

  it('tells apart resources, scopes, attributes and starts', () => {
    const streams = [
      streamOf([total()]),
      streamOf([total()], [text('process.pid', '1')]),
      streamOf([total()], [text('process.pid', '2')]),
      streamOf([total()], [], { name: 'shop', version: '2' }),
      streamOf([total()], [], { name: 'other' }),
      streamOf([total()], [], { name: 'shop', attributes: [one] }),
      streamOf([total([one])]),
      streamOf([total([], '1772441000000000000')]),
    ];
    expect(new Set(streams).size).toBe(streams.length);
  });
});

describe('a request', () => {
  it('holds so many points, and no more', () => {
    const points = (count: number) => ({
      name: 'a',
      gauge: { dataPoints: Array.from({ length: count }, () => ({ asInt: 1 })) },
    });
    expect(readMetrics([points(otlpLimits.points)]).points).toHaveLength(otlpLimits.points);
    expect(() => readMetrics([points(otlpLimits.points + 1)])).toThrow('A request holds at most 20,000 points.');
  });

  it('cannot make much of little by its resource', () => {
    const points = { name: 'a', gauge: { dataPoints: Array.from({ length: 2_000 }, () => ({ asInt: 1 })) } };
    const attributes = Array.from({ length: 32 }, (_, index) => text(`k${index}`, 'x'.repeat(200)));
    expect(() => readMetrics([points], attributes)).toThrow('too many points with too many attributes');
  });
});
