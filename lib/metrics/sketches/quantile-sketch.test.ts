import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuantileSketch } from './quantile-sketch.ts';

const levels = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

describe('a quantile sketch', () => {
  it('is off by 1 % at most, whatever the values are', () => {
    const value = fc.oneof(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.integer(),
      fc.constantFrom(0, 1e-9, -1e-9),
    );
    const values = fc.array(value, { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, (all) => {
        const sketch = sketchOf(all.filter((one) => one === 0 || Math.abs(one) > 1e-300));
        expectAccurate(
          sketch,
          all.filter((one) => one === 0 || Math.abs(one) > 1e-300),
        );
      }),
    );
  });

  it.each([
    ['uniform', (index: number) => index],
    ['log-normal', (index: number) => Math.exp(4 * Math.sin(index * 12.9898))],
    ['of two far apart peaks', (index: number) => (index % 2 === 0 ? 1e-6 : 1e9 + index)],
  ])('is off by 1 %% at most for values that are %s', (_, valueAt) => {
    const values = Array.from({ length: 20_000 }, (__, index) => valueAt(index));
    expectAccurate(sketchOf(values), values);
  });

  it('merges to what all values in one give, in whatever order', () => {
    const values = Array.from({ length: 3_000 }, (_, index) => Math.sin(index) * index);
    const whole = sketchOf(values);
    const parts = [2, 0, 1].map((part) => sketchOf(values.filter((_, index) => index % 3 === part)));
    const merged = new QuantileSketch();
    for (const part of parts) merged.merge(part);
    expect(merged.count).toBe(whole.count);
    for (const level of levels) expect(merged.quantile(level)).toBe(whole.quantile(level));
  });

  it('knows how many values are not above a threshold', () => {
    expect(sketchOf([-5, 0, 1, 250, 400, 2_000]).countUpTo(300)).toBe(4);
  });

  it('has no quantile without values', () => {
    expect(new QuantileSketch().quantile(0.5)).toBeNull();
  });
});

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function expectAccurate(sketch: QuantileSketch, values: readonly number[]): void {
  const sorted = values.toSorted((one, other) => one - other);
  for (const level of values.length === 0 ? [] : levels) {
    const exact = sorted[Math.floor(level * (sorted.length - 1))] ?? 0;
    // The last bits are lost to floating point.
    expect(Math.abs((sketch.quantile(level) ?? Number.NaN) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.010_000_1);
  }
}
