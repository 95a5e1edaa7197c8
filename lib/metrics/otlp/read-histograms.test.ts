import { describe, expect, it } from 'vitest';
import { measuredAt, pointTimes, readMetrics } from '../../../tests/support/otlp-metrics.ts';

const histogram = (point: object, aggregationTemporality: unknown = 1) => ({
  name: 'a',
  histogram: { aggregationTemporality, dataPoints: [{ ...pointTimes, ...point }] },
});
const exponential = (point: object, aggregationTemporality: unknown = 1) => ({
  name: 'a',
  exponentialHistogram: { aggregationTemporality, dataPoints: [{ ...pointTimes, ...point }] },
});
const stream = expect.stringMatching(/^[\w-]{22}$/);

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
          startSeconds: measuredAt - 60,
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
    expect(readMetrics([metric])).toMatchObject({ samples: [sample], refused: {} });
  }); // prettier-ignore

  it.each<[string, object]>([
    ['too few counts', { bucketCounts: [1, 2], explicitBounds: [1, 2] }],
    ['bounds without counts', { bucketCounts: [], explicitBounds: [1], count: 1 }],
    ['bounds that fall', { bucketCounts: [1, 1, 1], explicitBounds: [2, 1] }],
    ['bounds that are none', { bucketCounts: [1, 1, 1], explicitBounds: [1, 'NaN'] }],
  ])('%s are left out', (_, point) => {
    expect(readMetrics([histogram(point)])).toMatchObject({ points: [], refused: { buckets: 1 } });
  });
});

describe('an exponential histogram', () => {
  it('has zeros, and values on both sides', () => {
    const point = { scale: 10, zeroCount: '2', count: '6', sum: 4, min: -1.001, max: 2 };
    const buckets = { positive: { offset: 1023, bucketCounts: ['1'] }, negative: { offset: 0, bucketCounts: ['3'] } };
    expect(readMetrics([exponential({ ...point, ...buckets })])).toMatchObject({
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
      const [sample] = readMetrics([exponential({ scale, positive: { offset: 0, bucketCounts: [count] } })]).samples;
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
      const [sample] = readMetrics([exponential(point, 2)]).samples;
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
    expect(readMetrics([exponential({ positive: { bucketCounts } })])).toMatchObject({
      points: [],
      refused: { buckets: 1 },
    });
  });
});
