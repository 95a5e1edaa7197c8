import { readdirSync, readFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import type { ChartInput } from './chart-input.ts';
import { chartPng } from './chart-png.ts';
import { chartSvg } from './chart-svg.ts';
import { chartSize } from './chart-theme.ts';
import { samples } from './samples.fixture.ts';

// After a change that is meant: node tests/support/draw-pictures.ts, and look at what it drew.
const stored = (name: string) => PNG.sync.read(readFileSync(new URL(`pictures/${name}.png`, import.meta.url)));
/** Of all pixels. A missing line is about a hundred of them. */
const tolerance = 40;

function differentPixels(one: PNG, other: PNG): number {
  return pixelmatch(one.data, other.data, undefined, one.width, one.height, { threshold: 0.1 });
}

describe('the picture of', () => {
  test.each(Object.entries<ChartInput>(samples))('%s looks like the stored one', async (name, input) => {
    const drawn = PNG.sync.read(Buffer.from(await chartPng(chartSvg(input), 1)));
    const expected = stored(name);
    expect([drawn.width, drawn.height]).toEqual([expected.width, expected.height]);
    expect(differentPixels(drawn, expected)).toBeLessThanOrEqual(tolerance);
  });

  test('every sample is stored, and nothing else', () => {
    const files = readdirSync(new URL('pictures/', import.meta.url));
    expect(new Set(files)).toEqual(new Set(Object.keys(samples).map((name) => `${name}.png`)));
  });

  test('a chart is told from one that lacks its threshold line, or an incident', async () => {
    const input = samples.incident;
    for (const less of [{ thresholds: input.thresholds.slice(1) }, { incidents: [] }, { marks: [] }]) {
      const drawn = PNG.sync.read(Buffer.from(await chartPng(chartSvg({ ...input, ...less }), 1)));
      expect(differentPixels(drawn, stored('incident'))).toBeGreaterThan(tolerance);
    }
  });

  test('a chart is 1,200 pixels wide, opaque but for its round corners, and the same every time', async () => {
    const svg = chartSvg(samples.plain);
    expect(chartSvg(samples.plain)).toBe(svg);
    const png = await chartPng(svg);
    expect(Buffer.from(await chartPng(svg)).equals(png)).toBe(true);
    const { width, height, data } = PNG.sync.read(Buffer.from(png));
    expect([width, height]).toEqual([1_200, chartSize.height * chartSize.scale]);
    const alphaAt = (x: number, y: number) => data[(y * width + x) * 4 + 3];
    expect([alphaAt(0, 0), alphaAt(600, 20), alphaAt(600, 700)]).toEqual([0, 255, 255]);
  });
});
