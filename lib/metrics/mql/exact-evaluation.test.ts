import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MemoryPoint, memoryMetricSource } from '../../../tests/support/memory-metric-source.ts';
import { runQuery } from './run-query.ts';

const mri = 'd:custom/x@none';
const point = fc.record({
  atSeconds: fc.integer({ min: 0, max: 3_599 }),
  // Eighths add up without loss, so that sums can be compared exactly in whatever order they come.
  value: fc.integer({ min: -8_000, max: 8_000 }).map((eighths) => eighths / 8),
  tags: fc.record({ a: fc.constantFrom('x', 'y', 'z'), b: fc.constantFrom('1', '2') }, { requiredKeys: [] }),
});

const filters: readonly [text: string, holds: (tags: MemoryPoint['tags']) => boolean][] = [
  ['', () => true],
  ['{a:x}', ({ a }) => a === 'x'],
  ['{!a:x}', ({ a }) => a !== 'x'],
  ['{a:[x, y] or !b:1}', ({ a, b }) => a === 'x' || a === 'y' || b !== '1'],
  ['{!a:[x, y] b:2}', ({ a, b }) => a !== 'x' && a !== 'y' && b === '2'],
  ['{(a:x or a:y*) and !b:2}', ({ a = '', b }) => (a === 'x' || a.startsWith('y')) && b !== '2'],
];

/** Each aggregate over plain numbers, and by how much ours may be off. */
const exact: Readonly<Record<string, readonly [of: (values: readonly number[]) => number, error: number]>> = {
  sum: [(values) => values.reduce((one, other) => one + other, 0), 0],
  count: [(values) => values.length, 0],
  min: [(values) => Math.min(...values), 0],
  max: [(values) => Math.max(...values), 0],
  avg: [(values) => values.reduce((one, other) => one + other, 0) / values.length, 0],
  p50: [(values) => quantile(values, 0.5), 0.010_000_1],
  p95: [(values) => quantile(values, 0.95), 0.010_000_1],
};

const question = fc.record({
  points: fc.array(point, { maxLength: 60 }),
  aggregate: fc.constantFrom(...Object.keys(exact)),
  filter: fc.constantFrom(...filters),
  groupBy: fc.constantFrom<readonly ('a' | 'b')[]>([], ['a'], ['b', 'a']),
  intervalSeconds: fc.constantFrom(undefined, 10, 60, 300, 3_600),
});

describe('random points, filters, groups and intervals', () => {
  it('give what going through the points one by one gives', async () => {
    await fc.assert(
      fc.asyncProperty(question, async ({ points, aggregate, filter: [text, holds], groupBy, intervalSeconds }) => {
        const by = groupBy.length === 0 ? '' : ` by (${groupBy.join(', ')})`;
        const { rows } = await runQuery(memoryMetricSource({ [mri]: points }), {
          query: `${aggregate}(${mri})${text}${by}`,
          startSeconds: 0,
          endSeconds: 3_600,
          intervalSeconds,
          totals: true,
          organizations: ['acme'],
          projectIds: ['1'],
          limit: 10_000,
        });
        const expected = new Map<string, number[]>();
        for (const { atSeconds, tags, value } of points.filter((one) => holds(one.tags))) {
          const start = intervalSeconds === undefined ? 0 : Math.floor(atSeconds / intervalSeconds) * intervalSeconds;
          const key = JSON.stringify([start, ...groupBy.map((tag) => tags[tag] ?? '')]);
          expected.set(key, [...(expected.get(key) ?? []), value]);
        }
        const [of, error] = exact[aggregate] ?? [() => Number.NaN, 0];
        expect(rows).toHaveLength(expected.size);
        for (const { time, aggregate_value, ...group } of rows) {
          const start = time === undefined ? 0 : Date.parse(time) / 1_000;
          const values = expected.get(JSON.stringify([start, ...groupBy.map((tag) => group[tag])])) ?? [];
          const difference = Math.abs(Number(aggregate_value) - of(values));
          expect(difference).toBeLessThanOrEqual(error * Math.abs(of(values)));
        }
      }),
      { numRuns: 300 },
    );
  });
});

function quantile(values: readonly number[], level: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(level * (values.length - 1))] ?? Number.NaN;
}
