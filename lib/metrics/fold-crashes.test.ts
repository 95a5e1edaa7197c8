import { describe, expect, it } from 'vitest';
import {
  countingTable,
  crashingTable,
  createFoldingApp,
  type FoldingTestApp,
  messageOf,
  nowSeconds,
  pointOf,
  restarted,
} from '../../tests/support/folding-app.ts';
import { foldMessages } from './fold-messages.ts';
import type { Row } from './mql/rows.ts';
import type { PointMessage } from './point-message.ts';
import { queryMetrics } from './query-metrics.ts';

// Workers that end where it is least convenient: while a set goes over from members to registers, and while a metric has
// more series than it may. `fold-messages.test.ts` tries every single write for all else.

/** Gives messages to a worker one after the other, until it ends. */
async function foldAll(app: FoldingTestApp, messages: readonly PointMessage[]): Promise<boolean> {
  for (const message of messages) if ((await foldMessages(app, [message])).size > 0) return false;
  return true;
}

async function ask(app: FoldingTestApp, query: string): Promise<readonly Row[]> {
  const range = { startSeconds: nowSeconds - 3_600, endSeconds: nowSeconds + 3_600 };
  const [answer] = await queryMetrics(app, [
    { ...range, query, totals: true, organizations: ['acme'], projectIds: ['7'] },
  ]);
  return answer?.rows ?? [];
}

/** What is answered when nothing happens, and how many writes that takes. */
async function undisturbed(messages: readonly PointMessage[], query: string, limits: object = {}) {
  const app = await createFoldingApp();
  const { table, writes } = countingTable(app.metricsTable);
  expect(await foldAll({ ...restarted(app, table), ...limits }, messages)).toBe(true);
  return { rows: await ask(app, query), writes: writes() };
}

/** Ends the worker at every so many of its writes, now before and now behind one; then all messages come to a new one. */
async function disturbed(
  messages: readonly PointMessage[],
  { query, writes, every, limits = {} }: { query: string; writes: number; every: number; limits?: object },
): Promise<(readonly Row[])[]> {
  const found: (readonly Row[])[] = [];
  for (let end = 1; end < writes; end += every) {
    const app = await createFoldingApp();
    const table = crashingTable(app.metricsTable, end, end % 2 === 0 ? 'before' : 'behind');
    expect(await foldAll({ ...restarted(app, table), ...limits }, messages)).toBe(false);
    expect(await foldAll({ ...restarted(app), ...limits }, messages)).toBe(true);
    found.push(await ask(app, query));
  }
  return found;
}

describe('a worker that ends', () => {
  it('loses and doubles no member of a set that becomes too large for its members', async () => {
    const members = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `m${from + index}`);
    const messages = [members(0, 600), members(400, 1_100), members(1_000, 1_500), members(1_400, 1_450)].map(
      (some, index) => messageOf(index, [pointOf('s:custom/user@none', { type: 's', members: some })]),
    );
    const query = 'count_unique(s:custom/user@none)';
    const { rows, writes } = await undisturbed(messages, query);
    expect(Math.abs(Number(rows[0]?.aggregate_value) - 1_500)).toBeLessThan(30);
    const found = await disturbed(messages, { query, writes, every: 19 });
    expect(found.length).toBeGreaterThan(4);
    for (const again of found) expect(again).toEqual(rows);
  });

  it('counts every point once of a metric with too many series', async () => {
    const views = (routes: readonly string[]) =>
      routes.map((route) => pointOf('c:custom/views@none', { type: 'c', increment: 1 }, { tags: { route } }));
    const messages = [
      messageOf('a', views(['a', 'b', 'a'])),
      messageOf('b', views(['c', 'd', 'e', 'a', 'e'])),
      messageOf('c', views(['e', 'd', 'b'])),
    ];
    const limits = { seriesLimit: 3 };
    const query = 'sum(c:custom/views@none) by (route, _postflow.overflow)';
    const { rows, writes } = await undisturbed(messages, query, limits);
    const row = (route: string, overflow: string, value: number) => ({
      route,
      '_postflow.overflow': overflow,
      aggregate_value: value,
    });
    expect(rows).toEqual([row('', 'true', 5), row('a', '', 3), row('b', '', 2), row('c', '', 1)]);
    for (const again of await disturbed(messages, { query, writes, every: 1, limits })) expect(again).toEqual(rows);
  });
});
