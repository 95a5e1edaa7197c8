import { describe, expect, it } from 'vitest';
import { formatNumber, formatValue } from './format-value.ts';

describe('a number', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1_000, '1,000'],
    [1_234_567.891, '1,234,567.89'],
    [512.5, '512.5'],
    [99.996, '100'],
    [-12.5, '-12.5'],
  ])('%d reads %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('a value with a unit', () => {
  it.each([
    [1_234, 'millisecond', '1.23 s'],
    [60, 'second', '1 m'],
    [0, 'second', '0 ms'],
    [0.5, 'millisecond', '0.5 ms'],
    [90_000, 'second', '1.04 d'],
    [1, 'week', '1 wk'],
    [5, 'week', '1.15 mo'],
    [-1_500, 'millisecond', '-1.5 s'],
    [123, 'byte', '123 B'],
    [1_500, 'byte', '1.5 KB'],
    [5, 'kilobyte', '5 KB'],
    [1, 'kibibyte', '1.02 KB'],
    [2_000, 'gigabyte', '2 TB'],
    [92.5, 'percent', '92.5%'],
    [12.5, 'none', '12.5'],
    [1_000, 'ratio', '1,000'],
    [1_000, 'constructor', '1,000'],
    [1_000, '__proto__', '1,000'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });
});
