import { describe, expect, it } from 'vitest';
import {
  countedItems,
  countingTable,
  crashingTable,
  createFoldingApp,
  type FoldingTestApp,
  messageOf,
  nowSeconds,
  pointOf,
  restarted,
} from '../../tests/support/folding-app.ts';
import type { PointMessage } from '../metrics/point-message.ts';
import { foldMessages } from './fold-messages.ts';

/** Points of every type, in several buckets, series and days, running totals included. */
const messages: readonly PointMessage[] = [
  messageOf('a', [
    pointOf('c:custom/views@none', { type: 'c', increment: 2 }, { tags: { route: '/a' } }),
    pointOf('c:custom/views@none', { type: 'c', increment: 3 }, { at: nowSeconds - 30_000 }),
    pointOf('d:custom/load@second', { type: 'd', values: [1, 2, 0, -4, 1_000] }),
    pointOf('g:custom/queue@none', { type: 'g', last: 4, min: 1, max: 9, sum: 14, count: 3 }),
    pointOf('s:custom/user@none', { type: 's', members: ['ann', 'bob'] }),
    pointOf('c:custom/total@none', { type: 'c', cumulative: { stream: 'x', startSeconds: nowSeconds - 60, value: 5 } }),
  ]),
  messageOf('b', [
    pointOf('c:custom/views@none', { type: 'c', increment: 0.1 }, { tags: { route: '/a' }, at: nowSeconds + 5 }),
    pointOf('d:custom/load@second', { type: 'd', values: [2, 0.5] }),
    pointOf('g:custom/queue@none', { type: 'g', last: 2, min: 2, max: 2, sum: 2, count: 1 }, { at: nowSeconds + 1 }),
    pointOf('s:custom/user@none', { type: 's', members: ['bob', 'cy'] }, { tags: { plan: 'free' } }),
    pointOf('s:custom/user@none', { type: 's', members: ['bob', 'cy'] }),
    pointOf(
      'c:custom/total@none',
      { type: 'c', cumulative: { stream: 'x', startSeconds: nowSeconds - 60, value: 7 } },
      { at: nowSeconds + 1 },
    ),
  ]),
];

async function fold(app: FoldingTestApp, some: readonly PointMessage[] = messages): Promise<void> {
  for (const reason of (await foldMessages(app, some)).values()) throw reason;
}

/** What the table holds after nothing has gone wrong. */
async function undisturbed(some: readonly PointMessage[] = messages) {
  const app = await createFoldingApp();
  const { table, writes } = countingTable(app.metricsTable);
  await fold(restarted(app, table), some);
  return { items: await countedItems(app), writes: writes() };
}

describe('folding messages', () => {
  it('adds points of every type to the buckets of every length', async () => {
    const { items } = await undisturbed();
    const hour = items.filter(({ pk }) => String(pk).includes('#3600#'));
    expect(hour.map(({ pk, sk: _, tags: __, expiresAt: ___, itemType: ____, ...held }) => ({ ...held, pk }))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pk: expect.stringContaining('c:custom/views@none'), n: 2, s: 2.1 }),
        expect.objectContaining({ pk: expect.stringContaining('c:custom/views@none'), n: 1, s: 3 }),
        expect.objectContaining({ pk: expect.stringContaining('c:custom/total@none'), n: 2, s: 7 }),
        expect.objectContaining({
          n: 7,
          s: 1_001.5,
          lo: -4,
          hi: 1_000,
          z: 1,
          p0: 1,
          p35: 2,
          'p-34': 1,
          m70: 1,
          p346: 1,
        }),
        expect.objectContaining({ n: 4, s: 16, lo: 1, hi: 9, last: 2, lastAt: nowSeconds + 1 }),
        expect.objectContaining({ pk: expect.stringContaining('s:custom/user@none'), n: 4 }),
      ]),
    );
    expect(hour.filter(({ h }) => h !== undefined).map(({ h }) => (h as string[]).length)).toEqual(
      expect.arrayContaining([2, 3]),
    );
  });

  it('counts a message once that comes twice in a batch, again, and in other company', async () => {
    const { items } = await undisturbed();
    const app = await createFoldingApp();
    const [one, other] = messages as [PointMessage, PointMessage];
    await fold(app, [one, one, other]);
    await fold(restarted(app), [other]);
    await fold(app, [messageOf('c', []), one, other]);
    expect(await countedItems(app)).toEqual(items);
  });

  it('gives the same in whatever batches messages come, and for whatever number of workers at once', async () => {
    const { items } = await undisturbed();
    const app = await createFoldingApp();
    const [one, other] = messages as [PointMessage, PointMessage];
    const batches = [[one], [other, one], [one, other], [other]];
    const outcomes = await Promise.all(batches.map((batch) => foldMessages(restarted(app), batch)));
    for (const [index, failed] of outcomes.entries()) {
      const again = batches[index]?.filter(({ batchId }) => failed.has(batchId)) ?? [];
      await fold(restarted(app), again);
    }
    expect((await countedItems(app)).map(unordered)).toEqual(items.map(unordered));
  });

  it('goes on after a crash at every single write, alone or in other company', async () => {
    const { items, writes } = await undisturbed();
    expect(writes).toBeGreaterThan(20);
    for (const when of ['before', 'behind'] as const) {
      for (let done = 0; done < writes; done += 1) {
        const app = await createFoldingApp();
        const failed = await foldMessages(restarted(app, crashingTable(app.metricsTable, done, when)), messages);
        expect(failed.size, `${when} ${done}`).toBe(2);
        if (done % 2 === 0) await fold(restarted(app));
        else for (const message of messages.toReversed()) await fold(restarted(app), [message]);
        expect((await countedItems(app)).map(unordered), `${when} ${done}`).toEqual(items.map(unordered));
      }
    }
  });
});

describe('a metric with too many series', () => {
  const limited = async () => ({ ...(await createFoldingApp()), seriesLimit: 3 });
  const views = (routes: readonly string[]) =>
    routes.map((route) => pointOf('c:custom/views@none', { type: 'c', increment: 1 }, { tags: { route } }));

  /** What the day's buckets count, by their tags. */
  async function counts(app: FoldingTestApp): Promise<Record<string, unknown>> {
    const items = await countedItems(app);
    const days = items.filter(({ pk, n }) => String(pk).includes('#86400#') && n !== undefined);
    return Object.fromEntries(days.map(({ tags, n }) => [tags, n]));
  }

  it('counts what would be one too many under tags that say so, and goes on counting the others', async () => {
    const app = await limited();
    await fold(app, [messageOf('a', views(['a', 'b']))]);
    await fold({ ...restarted(app), seriesLimit: 3 } as FoldingTestApp, [messageOf('b', views(['c', 'd', 'e', 'a']))]);
    await fold(app, [messageOf('c', views(['b', 'e']))]);
    expect(await counts(app)).toEqual({
      '[["route","a"]]': 2,
      '[["route","b"]]': 2,
      '[["route","c"]]': 1,
      '[["_postflow.overflow","true"]]': 3,
    });
    expect(app.counted.get('metrics.series.overflow')).toBe(3);
  });

  it('never admits more however many workers find new series at once', async () => {
    const app = await limited();
    const workers = ['a', 'b', 'c', 'd', 'e', 'f'].map((route) =>
      foldMessages({ ...restarted(app), seriesLimit: 3 }, [messageOf(route, views([route]))]),
    );
    expect((await Promise.all(workers)).map(({ size }) => size)).toEqual([0, 0, 0, 0, 0, 0]);
    const { '[["_postflow.overflow","true"]]': overflowing, ...admitted } = await counts(app);
    expect(overflowing).toBe(3);
    expect(Object.values(admitted)).toEqual([1, 1, 1]);
  });
});

/** What depends on which of two running totals was told first, or how often a total was written. */
function unordered(item: Record<string, unknown>): Record<string, unknown> {
  const { revision: _, ...rest } = item;
  if (!String(item['pk']).includes('c:custom/total')) return rest;
  const { n: __, ...total } = rest;
  return total;
}
