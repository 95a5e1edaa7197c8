import fc from 'fast-check';
import { type MetricType, parsePublicName } from '../../lib/metrics/metric-name.ts';
import type { MetricPoint, Sample } from '../../lib/metrics/metric-point.ts';

/** Values of all sizes, and those at which something changes. */
const value = fc.oneof(
  fc.double({ min: -1e15, max: 1e15, noNaN: true }),
  fc.integer({ min: -20, max: 20 }).map((exponent) => 10 ** Math.max(-13, Math.min(15, exponent))),
  fc.constantFrom(0, 1, -1, 0.1, 0.2, 1e-12, 1e-13, 1e15, -1e15),
);
const count = fc.integer({ min: 1, max: 1_000 });
const bins = fc.array(fc.tuple(value, count), { maxLength: 8 });

const samples: Readonly<Record<MetricType, fc.Arbitrary<Sample>>> = {
  c: value.map((increment) => ({ type: 'c', increment })),
  d: fc.oneof(
    fc.array(value, { maxLength: 8 }).map((values): Sample => ({ type: 'd', values })),
    bins.map((some): Sample => ({ type: 'd', bins: some })),
  ),
  g: fc
    .record({ last: value, min: value, max: value, sum: value, count })
    .map((gauge) => ({ type: 'g', ...gauge }) as const),
  s: fc
    .array(fc.oneof(fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }), fc.constantFrom('a', 'b')), {
      maxLength: 8,
    })
    .map((members) => ({ type: 's', members }) as const),
};

/** Any sample that a door may take, running totals aside. */
export const anySample: fc.Arbitrary<Sample> = fc.oneof(samples.c, samples.d, samples.g, samples.s);

/** Running totals of both types. */
export const anyTotal: fc.Arbitrary<Sample> = fc
  .record({ stream: fc.string(), startSeconds: fc.integer({ min: 0, max: 100 }), value, bins })
  .chain(({ value: told, bins: some, ...run }) =>
    fc.constantFrom<Sample>(
      { type: 'c', cumulative: { ...run, value: told } },
      { type: 'd', cumulative: { ...run, bins: some } },
    ),
  );

/** Any point in the hours before `nowSeconds`, of few series, so that points meet in buckets. */
export function anyPoint(nowSeconds: number, sample: fc.Arbitrary<Sample> = anySample): fc.Arbitrary<MetricPoint> {
  const timestamp = fc.option(
    fc.integer({ min: -7_200, max: 60 }).map((offset) => nowSeconds + offset),
    { nil: undefined },
  );
  const tags = fc.oneof(
    fc.constantFrom<Record<string, string>>({}, { route: '/a' }, { environment: 'production', route: '/a' }),
    fc.dictionary(fc.string({ maxLength: 5, unit: 'binary' }), fc.string({ maxLength: 5, unit: 'binary' })),
  );
  return fc
    .record({ name: fc.constantFrom('load', 'page.views@byte'), sample, timestamp, tags })
    .map(({ name, ...point }) => ({ ...point, metric: metricOf(name, point.sample.type) }));
}

function metricOf(name: string, type: MetricType): MetricPoint['metric'] {
  const metric = parsePublicName(name, type);
  if (metric === undefined) throw new TypeError(`${name} is no metric`);
  return metric;
}
