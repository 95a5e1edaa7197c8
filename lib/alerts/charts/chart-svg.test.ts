import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChartInput, ChartPoint } from './chart-input.ts';
import { chartPng } from './chart-png.ts';
import { chartSvg } from './chart-svg.ts';
import { altTextCharacters, describeChart } from './describe-chart.ts';
import { samples } from './samples.fixture.ts';

const sample: ChartInput = samples.incident;

/** The words of a picture, as a reader sees them. */
function words(input: ChartInput): string[] {
  return [...chartSvg(input).matchAll(/<text[^>]*>([^<]*)<\/text>/gu)].map(([, text = '']) =>
    text.replace(
      /&(lt|gt|quot|#39|amp);/gu,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '',
    ),
  );
}

describe('the words of a chart', () => {
  test('are the title, the metric, thresholds with units, the incident, releases, deploys, times in UTC and the numbers', () => {
    expect(words(sample)).toEqual(
      expect.arrayContaining([
        ...['Checkout errors', 'sum(checkout.errors) over 5 minutes'],
        ...['critical 400', 'warning 250', 'resolve 100', '#42', '◆ 4.12.0', '▲ production'],
        ...['0', '200', '1,000', '16:00', '2 Mar', '1 Mar 14:20 – 2 Mar 14:20 UTC', 'max 885 · last 47'],
      ]),
    );
  });

  test.each([
    ['millisecond', 700, ['0', '200 ms', '800 ms']],
    ['second', 5_400, ['0', '30 m', '1.5 h']],
    ['byte', 1_500, ['0', '500 B', '1.5 KB']],
    ['percent', 85, ['0', '20%', '80%']],
    ['none', 12_000_000_000, ['0', '5B', '10B']],
    ['none', 0.003, ['0', '0.001', '0.003']],
  ])('on the axis of %s up to %d are readable steps', (unit, highest, ticks) => {
    const points = [
      [sample.fromMs, 0],
      [sample.untilMs, highest],
    ] as const;
    expect(words({ ...sample, unit, points, thresholds: [], marks: [] })).toEqual(expect.arrayContaining(ticks));
  });

  test('say that there is no data, and where it is missing', () => {
    const nothing = sample.points.map(([timeMs]): ChartPoint => [timeMs, null]);
    expect(words({ ...sample, points: nothing })).toContain('No data in this time');
    expect(words({ ...sample, points: nothing.with(3, [nothing[3]?.[0] ?? 0, 1]) })).toContain('no data');
    expect(words(sample)).not.toContain('no data');
  });

  test.each(Object.getOwnPropertyNames(Object.prototype))('may be %s, which changes no object', (title) => {
    const [own, objects] = [Reflect.ownKeys(Object.prototype), Reflect.ownKeys(Object)];
    expect(words({ ...sample, title, subtitle: title }).map((word) => word.trim())).toContain(title);
    expect([Reflect.ownKeys(Object.prototype), Reflect.ownKeys(Object)]).toEqual([own, objects]);
    expect(Reflect.ownKeys(Object.prototype.toString)).not.toContain('value');
  });

  test('escape names, and replace a title that the font cannot draw', () => {
    const svg = chartSvg({ ...sample, title: `</text><script>"'&` });
    expect(svg).not.toContain('<script>');
    expect(words({ ...sample, title: `<b>"'&` })).toContain(`<b>"'&`);
    expect(words({ ...sample, title: '支払い' })).not.toContain('支払い');
  });
});

const times = fc.integer({ min: sample.fromMs - 1e7, max: sample.untilMs + 1e7 });
const values = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }), { nil: null });
const anyInput = fc.record({
  title: fc.string({ unit: 'grapheme', maxLength: 300 }),
  subtitle: fc.string({ maxLength: 300 }),
  unit: fc.constantFrom('none', 'second', 'nanosecond', 'byte', 'percent', 'week', 'bit', 'constructor'),
  fromMs: fc.constant(sample.fromMs),
  untilMs: fc.constantFrom(sample.fromMs + 60_000, sample.untilMs, sample.fromMs + 1e10),
  points: fc
    .array(values, { maxLength: 50 })
    .map((list) => list.map((value, index) => [sample.fromMs + index * 60_000, value] as const)),
  thresholds: fc.array(
    fc.record({
      kind: fc.constantFrom('critical', 'warning', 'resolve'),
      value: fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    }),
    { maxLength: 3 },
  ),
  thresholdType: fc.constantFrom('above', 'below'),
  incidents: fc.array(fc.record({ identifier: fc.nat(), startMs: times, endMs: fc.option(times) }), { maxLength: 9 }),
  marks: fc.array(
    fc.record({ kind: fc.constantFrom('release', 'deploy'), timeMs: times, name: fc.string({ unit: 'binary' }) }),
  ),
}) as fc.Arbitrary<ChartInput>;

describe('whatever the input', () => {
  test('there is a picture, without numbers that are none, and a text within the limit', async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async (input) => {
        const svg = chartSvg(input);
        expect(svg).not.toMatch(/NaN|Infinity/u);
        expect((await chartPng(svg, 0.1)).length).toBeGreaterThan(0);
        expect(describeChart(input).length).toBeLessThanOrEqual(altTextCharacters);
      }),
      // After a failure the renderer cannot be used any more, so that smaller examples would prove nothing.
      { numRuns: 60, endOnFailure: true },
    );
  });
});
