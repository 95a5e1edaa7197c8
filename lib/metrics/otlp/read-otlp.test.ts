import { describe, expect, it } from 'vitest';
import { decodeOtlp } from './otlp-codec.ts';
import { otlpLimits, readOtlp } from './read-otlp.ts';

const at = 1_772_442_000;
const time = { startTimeUnixNano: `${at - 60}000000000`, timeUnixNano: `${at}500000000` };
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** What is read of these metrics; `more` is said of the resource. */
function read(metrics: readonly object[], attributes: readonly object[] = [], scope: object = { name: 'shop' }) {
  const request = { resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ scope, metrics }] }] };
  const { points, refused } = readOtlp(decodeOtlp(Buffer.from(JSON.stringify(request)), 'json'));
  return { points, refused: Object.fromEntries(refused), samples: points.map(({ sample }) => sample) };
}

const sum = (point: object, more: object = {}) => ({
  name: 'a',
  sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...time, ...point }], ...more },
});
const histogram = (point: object, aggregationTemporality: unknown = 1) => ({
  name: 'a',
  histogram: { aggregationTemporality, dataPoints: [{ ...time, ...point }] },
});
const exponential = (point: object, aggregationTemporality: unknown = 1) => ({
  name: 'a',
  exponentialHistogram: { aggregationTemporality, dataPoints: [{ ...time, ...point }] },
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
      { type: 'c', cumulative: { stream, startSeconds: at - 60, value: 3 } },
    ],
    ['running total that may fall', sum({ asInt: '3' }, { aggregationTemporality: 2, isMonotonic: false }), gaugeOf(3)],
    ['gauge', { name: 'a', gauge: { dataPoints: [{ ...time, asDouble: 0.5 }] } }, gaugeOf(0.5)],
  ])('%s has its sample', (_, metric, sample) => {
    expect(read([metric])).toMatchObject({ samples: [sample], refused: {} });
  });

  it.each<[string, object, object]>([
    ['without a value', sum({}), { no_value: 1 }],
    ['without a temporality', sum({ asInt: '3' }, { aggregationTemporality: 0 }), { temporality: 1 }],
    ['of a total below zero', sum({ asInt: '-3' }, { aggregationTemporality: 2 }), { value_out_of_range: 1 }],
    ['without a name', { ...sum({ asInt: '3' }), name: '' }, { name: 1 }],
    ['of a summary', { name: 'a', summary: { dataPoints: [{ ...time, count: '1' }, time] } }, { summary: 2 }],
    ['that says that nothing was recorded', sum({ flags: 1 }), {}],
    [
      'with too many attributes',
      sum({ asInt: '3', attributes: Array.from({ length: 33 }, (_, index) => text(`k${index}`, 'x')) }),
      { too_many_tags: 1 },
    ],
  ])('%s is left out', (_, metric, refused) => {
    expect(read([metric])).toEqual({ points: [], samples: [], refused });
  });

  it('has its time, to the millisecond; none means now', () => {
    const { points } = read([sum({ asInt: '3' }), sum({ asInt: '3', timeUnixNano: '0' })]);
    expect(points.map(({ timestamp }) => timestamp)).toEqual([at + 0.5, undefined]);
  });
});

describe('a histogram', () => {
  const counts = { bucketCounts: ['1', '2', '0', '4'], explicitBounds: [10, 20, 30], count: '7', sum: 190 };
  it.each<[string, object, unknown]>([
    [
      'its buckets are values in their middles',
      histogram(counts),
      {
        type: 'd',
        bins: [
          [5, 1],
          [15, 2],
          [30, 4],
        ],
        sum: 190,
      },
    ],
    [
      'the extremes say more of where values lie',
      histogram({ ...counts, min: 4, max: 50 }),
      {
        type: 'd',
        bins: [
          [7, 1],
          [15, 2],
          [40, 4],
        ],
        sum: 190,
        min: 4,
        max: 50,
      },
    ],
    [
      'one value is exact',
      histogram({ bucketCounts: ['0', '1', '0', '0'], explicitBounds: [10, 20, 30], count: '1', min: 12, max: 12 }),
      { type: 'd', bins: [[12, 1]], min: 12, max: 12 },
    ],
    [
      'a running total has the same bins each time',
      histogram({ ...counts, min: 4, max: 50 }, 2),
      {
        type: 'd',
        cumulative: {
          stream,
          startSeconds: at - 60,
          bins: [
            [5, 1],
            [15, 2],
            [30, 4],
          ],
          sum: 190,
        },
      },
    ],
    [
      'without buckets all values are the average',
      histogram({ count: '4', sum: 10, min: 1, max: 4 }),
      { type: 'd', bins: [[2.5, 4]], sum: 10, min: 1, max: 4 },
    ],
    [
      'without values it adds nothing',
      histogram({ ...counts, bucketCounts: [0, 0, 0, 0], count: 0, sum: 0 }),
      { bins: [] },
    ],
    ['values of no size', histogram({ bucketCounts: [3, 0], explicitBounds: [0] }), { bins: [[0, 3]] }],
    ['both sides of one bound', histogram({ bucketCounts: [3, 2], explicitBounds: [0] }), { bins: [[0, 5]] }],
    [
      'negative bounds',
      histogram({ bucketCounts: [1, 1, 1], explicitBounds: [-20, -10] }),
      {
        bins: [
          [-20, 1],
          [-15, 1],
          [-10, 1],
        ],
      },
    ],
  ])('%s', (_, metric, sample) => {
    expect(read([metric])).toMatchObject({ samples: [sample], refused: {} });
  }); // prettier-ignore

  it.each<[string, object]>([
    ['too few counts', { bucketCounts: [1, 2], explicitBounds: [1, 2] }],
    ['bounds without counts', { bucketCounts: [], explicitBounds: [1], count: 1 }],
    ['bounds that fall', { bucketCounts: [1, 1, 1], explicitBounds: [2, 1] }],
    ['bounds that are none', { bucketCounts: [1, 1, 1], explicitBounds: [1, 'NaN'] }],
  ])('%s are left out', (_, point) => {
    expect(read([histogram(point)])).toMatchObject({ points: [], refused: { buckets: 1 } });
  });
});

describe('an exponential histogram', () => {
  it('has zeros, and values on both sides', () => {
    const point = { scale: 10, zeroCount: '2', count: '6', sum: 4, min: -1.001, max: 2 };
    const buckets = { positive: { offset: 1023, bucketCounts: ['1'] }, negative: { offset: 0, bucketCounts: ['3'] } };
    expect(read([exponential({ ...point, ...buckets })])).toMatchObject({
      samples: [
        {
          type: 'd',
          bins: [
            [expect.closeTo(-1.000_338, 5), 3],
            [0, 2],
            [expect.closeTo(1.999_323, 5), 1],
          ],
          sum: 4,
          min: -1.001,
          max: 2,
        },
      ],
    });
  });

  it('is within one per cent of every value at scale 6, and spreads wider buckets over their range', () => {
    const binsAt = (scale: number, count: number) => {
      const [sample] = read([exponential({ scale, positive: { offset: 0, bucketCounts: [count] } })]).samples;
      return (sample as { readonly bins: readonly (readonly [number, number])[] }).bins;
    };
    const [narrow] = binsAt(6, 9);
    expect(narrow?.[0]).toBeCloseTo(2 ** (1 / 128), 12);
    const wide = binsAt(0, 7);
    expect(wide.map(([, count]) => count)).toEqual([1, 2, 2, 1, 1]);
    expect(wide.map(([value]) => Math.log2(value))).toEqual(
      [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => expect.closeTo(part, 9)),
    );
    expect(binsAt(0, 1)).toEqual([[expect.closeTo(Math.SQRT2, 9), 1]]);
  });

  it('never loses values in a place while its counts rise', () => {
    const placed = new Map<number, number>();
    for (let count = 1; count <= 40; count += 1) {
      const point = { scale: 2, positive: { offset: 3, bucketCounts: [count] } };
      const [sample] = read([exponential(point, 2)]).samples;
      const { bins } = (sample as unknown as { cumulative: { bins: [number, number][] } }).cumulative;
      expect(bins.reduce((all, [, times]) => all + times, 0)).toBe(count);
      for (const [value, times] of bins) {
        expect(times).toBeGreaterThanOrEqual(placed.get(value) ?? 0);
        placed.set(value, times);
      }
    }
  });

  it('has no endless buckets', () => {
    const bucketCounts = Array.from({ length: 5_000 }, () => 0);
    expect(read([exponential({ positive: { bucketCounts } })])).toMatchObject({ points: [], refused: { buckets: 1 } });
  });
});

describe('attributes', () => {
  const tagsOf = (attributes: readonly object[], resource: readonly object[] = []) =>
    read([sum({ asInt: '1', attributes })], resource).points[0]?.tags;

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
  const total = (attributes: readonly object[] = [], startTimeUnixNano: string = time.startTimeUnixNano) =>
    sum({ asInt: '1', attributes, startTimeUnixNano }, { aggregationTemporality: 2 });
  const streamOf = (...parts: Parameters<typeof read>) =>
    (read(...parts).samples[0] as unknown as { cumulative: { stream: string } }).cumulative.stream;
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
    expect(read([points(otlpLimits.points)]).points).toHaveLength(otlpLimits.points);
    expect(() => read([points(otlpLimits.points + 1)])).toThrow('A request holds at most 20,000 points.');
  });

  it('cannot make much of little by its resource', () => {
    const points = { name: 'a', gauge: { dataPoints: Array.from({ length: 2_000 }, () => ({ asInt: 1 })) } };
    const attributes = Array.from({ length: 32 }, (_, index) => text(`k${index}`, 'x'.repeat(200)));
    expect(() => read([points], attributes)).toThrow('too many points with too many attributes');
  });
});
