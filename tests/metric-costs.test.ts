import { describe, expect, it } from 'vitest';
import { foldMessages } from '../lib/metrics/fold-messages.ts';
import type { MetricPoint } from '../lib/metrics/metric-point.ts';
import type { PointMessage } from '../lib/metrics/point-message.ts';
import { UniqueCounter } from '../lib/metrics/sketches/unique-counter.ts';
import { capacityMeter } from './support/capacity-meter.ts';
import { createFoldingApp, type FoldingTestApp, messageOf, nowSeconds, pointOf } from './support/folding-app.ts';
import { itemBytes } from './support/item-size.ts';
import { pseudoRandom } from './support/pseudo-random.ts';
import { tableItems } from './support/table-digest.ts';

// What points cost at DynamoDB, and how large the items become that they are added to: exact, because the same points give
// the same writes.

/** A thousand points of that many series, in one message, all in the same ten seconds. */
function thousand(name: string, series: number, type: 'c' | 'd'): PointMessage {
  const points = Array.from({ length: 1_000 }, (_, index) =>
    type === 'c'
      ? pointOf('c:custom/views@none', { type, increment: 1 }, { tags: { series: String(index % series) } })
      : pointOf(
          'd:custom/load@ms',
          { type, values: [100 + (index % 50)] },
          { tags: { series: String(index % series) } },
        ),
  );
  return messageOf(name, points);
}

describe('a thousand points', () => {
  it.each<[string, 'c' | 'd', number, number, number]>([
    ['one counter', 'c', 1, 20, 14],
    ['a hundred counters', 'c', 100, 1_119, 814],
    ['ten thousand counters, each point of another', 'c', 1_000, 11_113, 8_090],
    ['one distribution', 'd', 1, 24, 14],
    ['a hundred distributions', 'd', 100, 1_527, 822],
  ])(
    'of %s cost so many write units the first time of a day, and so many after that',
    async (_, type, series, first, later) => {
      const meter = capacityMeter();
      const app = await createFoldingApp({ meter });
      const cost = async (name: string): Promise<number> => {
        const { result, consumed } = await meter.during(() => foldMessages(app, [thousand(name, series, type)]));
        expect(result.size).toBe(0);
        return consumed.writeUnits;
      };
      expect([await cost('first'), await cost('second')]).toEqual([first, later]);
    },
  );
});

/** The sizes of all items of a metric, in bytes as DynamoDB counts them, the largest first. */
async function sizes(app: { readonly tableName: string }): Promise<number[]> {
  const items = await tableItems({ tableName: `${app.tableName}-metrics` });
  return items
    .filter(({ pk }) => JSON.stringify(pk).includes('M#acme'))
    .map(itemBytes)
    .sort((one, other) => other - one);
}

describe('very many points of one series', { timeout: 120_000 }, () => {
  it('have items of 12 KB at most after a million values over ten decades', async () => {
    const app = await createFoldingApp();
    const random = pseudoRandom(1);
    for (let part = 0; part < 10; part += 1) {
      const values = Array.from({ length: 100_000 }, () => 10 ** (random() * 10 - 3));
      await fold(app, part, pointOf('d:custom/load@ms', { type: 'd', values }));
    }
    const [largest = 0] = await sizes(app);
    expect(largest).toBeGreaterThan(5_000);
    expect(largest).toBeLessThan(12_000);
  });

  // bench/metric-points.ts does it with a million.
  it('have items of 30 KB at most after a hundred thousand members, who are estimated within 2 %', async () => {
    const app = await createFoldingApp();
    for (let part = 0; part < 10; part += 1) {
      const members = Array.from({ length: 10_000 }, (_, index) => `member-${part * 10_000 + index}`);
      await fold(app, part, pointOf('s:custom/user@none', { type: 's', members }));
    }
    const [largest = 0] = await sizes(app);
    expect(largest).toBeGreaterThan(10_000);
    expect(largest).toBeLessThan(30_000);
    expect(Math.abs((await members(app)) - 100_000)).toBeLessThan(2_000);
  });

  async function fold(app: FoldingTestApp, name: number, point: MetricPoint): Promise<void> {
    expect((await foldMessages(app, [messageOf(name, [point])])).size).toBe(0);
  }

  /** How many members the day's buckets know of. */
  async function members(app: { readonly tableName: string }): Promise<number> {
    const counter = new UniqueCounter();
    const day = `#86400#${String(Math.floor(nowSeconds / 31_536_000) * 31_536_000).padStart(12, '0')}#`;
    for (const item of await tableItems({ tableName: `${app.tableName}-metrics` })) {
      if (!JSON.stringify(item['pk']).includes(day)) continue;
      const { r } = item as { readonly r?: { readonly BS: readonly Uint8Array[] } };
      for (const [high = 0, low = 0, rank = 0] of r?.BS ?? []) counter.addRegister({ index: high * 256 + low, rank });
    }
    return counter.count();
  }
});
