import { describe, expect, it } from 'vitest';
import { capacityMeter } from '../../tests/support/capacity-meter.ts';
import {
  createFoldingApp,
  type FoldingTestApp,
  messageOf,
  nowSeconds,
  pointOf,
} from '../../tests/support/folding-app.ts';
import { foldMessages } from './fold-messages.ts';
import type { MetricPoint } from './metric-point.ts';
import type { QueryRequest } from './mql/run-query.ts';
import { queryMetrics } from './query-metrics.ts';

const hour = { startSeconds: nowSeconds - 3_600, endSeconds: nowSeconds + 60 };
const asked = { ...hour, organizations: ['acme'], projectIds: ['7'] };

const points = [
  pointOf('c:custom/views@none', { type: 'c', increment: 2 }, { tags: { route: '/a' } }),
  pointOf('c:custom/views@none', { type: 'c', increment: 3 }, { at: nowSeconds - 120 }),
  pointOf('d:custom/load@second', { type: 'd', values: [1, 2, 0, -4, 1_000] }),
  pointOf('g:custom/queue@none', { type: 'g', last: 4, min: 1, max: 9, sum: 14, count: 3 }),
  pointOf('g:custom/queue@none', { type: 'g', last: 3, min: 3, max: 3, sum: 3, count: 1 }, { at: nowSeconds - 50 }),
  pointOf('s:custom/user@none', { type: 's', members: ['ann', 'bob'] }),
  pointOf('s:custom/user@none', { type: 's', members: ['bob', 'cy'] }, { tags: { plan: 'free' } }),
  pointOf('d:transactions/duration@millisecond', { type: 'd', values: [250] }),
];

async function stored(some: readonly MetricPoint[] = points): Promise<FoldingTestApp> {
  const app = await createFoldingApp();
  expect(await foldMessages(app, [messageOf('a', some)])).toEqual(new Map());
  return app;
}

async function ask(app: FoldingTestApp, query: string, more: Partial<QueryRequest> = {}) {
  const [answer] = await queryMetrics(app, [{ ...asked, totals: true, query, ...more }]);
  return answer;
}

describe('a query over stored points', () => {
  it('is answered from buckets of every type', async () => {
    const app = await stored();
    const value = async (query: string) => (await ask(app, query))?.rows.map((row) => row.aggregate_value);
    expect(await value('sum(c:custom/views@none)')).toEqual([5]);
    expect(await value('sum(c:custom/views@none){route:"/a"}')).toEqual([2]);
    expect(await value('count(c:custom/views@none){!route:"/a"}')).toEqual([1]);
    expect(await value('sum(d:custom/load@second)')).toEqual([999]);
    expect(await value('min(d:custom/load@second)')).toEqual([-4]);
    expect(await value('max(d:custom/load@second)')).toEqual([1_000]);
    expect(await value('quantiles(0, 0.25, 1)(d:custom/load@second)')).toEqual([[-4, 0, 1_000]]);
    expect(await value('last(g:custom/queue@none)')).toEqual([4]);
    expect(await value('avg(g:custom/queue@none)')).toEqual([17 / 4]);
    expect(await value('count_unique(s:custom/user@none)')).toEqual([3]);
    expect(await value('count_unique(s:custom/user@none){plan:free}')).toEqual([2]);
    expect(await value('sum(c:custom/nothing@none)')).toEqual([]);
  });

  it('tells rows, totals, the time that was answered for and what names mean', async () => {
    const app = await stored();
    expect(await ask(app, 'max(transaction.duration) by route', { intervalSeconds: 3_600 })).toEqual({
      rows: [{ route: '', time: '2026-03-02T09:00:00+00:00', aggregate_value: 250 }],
      totals: { aggregate_value: 250 },
      modified_start: '2026-03-02T08:00:00+00:00',
      modified_end: '2026-03-02T10:00:00+00:00',
      indexer_mappings: { 'transaction.duration': 'd:transactions/duration@millisecond' },
    });
  });

  it('reads of each granularity what is kept, also before the table has deleted the rest', async () => {
    const app = await stored();
    const counts = async () =>
      Promise.all(
        ([10, 60, 3_600, 86_400] as const).map(async (granularitySeconds) => {
          const request = { startSeconds: nowSeconds - 86_400 * 2, granularitySeconds };
          return (await ask(app, 'count(c:custom/views@none)', request))?.rows[0]?.aggregate_value ?? null;
        }),
      );
    expect(await counts()).toEqual([2, 2, 2, 2]);
    app.clock.advance(86_400_000 - 1_000);
    expect(await counts()).toEqual([1, 2, 2, 2]);
    app.clock.advance(11_000);
    expect(await counts()).toEqual([null, 2, 2, 2]);
    app.clock.advance(31 * 86_400_000);
    expect(await counts()).toEqual([null, null, 2, 2]);
    app.clock.advance(60 * 86_400_000);
    expect(await counts()).toEqual([null, null, null, 2]);
    app.clock.advance(310 * 86_400_000);
    expect(await counts()).toEqual([null, null, null, null]);
  });

  it('knows the projects and organizations apart', async () => {
    const app = await stored();
    const other = { ...messageOf('b', [points[0] as MetricPoint]), projectId: '8' };
    await foldMessages(app, [other, { ...other, batchId: 'of-another-one-1', organization: 'other' }]);
    expect((await ask(app, 'sum(c:custom/views@none)', { projectIds: ['7', '8', '7'] }))?.rows).toEqual([
      { aggregate_value: 7 },
    ]);
    expect((await ask(app, 'sum(c:custom/views@none) by project_id', { projectIds: ['7', '8'] }))?.rows).toEqual([
      { project_id: 7, aggregate_value: 5 },
      { project_id: 8, aggregate_value: 2 },
    ]);
    expect((await ask(app, 'sum(c:custom/views@none)', { organizations: ['other'] }))?.rows).toEqual([]);
  });
});

describe('the cost of a query', () => {
  it('is one request for each partition that its time touches, also where several queries ask the same', async () => {
    const meter = capacityMeter();
    const app = await createFoldingApp({ meter });
    await foldMessages(app, [messageOf('a', points)]);
    const cost = async (requests: readonly Partial<QueryRequest>[]) => {
      const whole = requests.map((one) => ({ ...asked, query: 'sum(c:custom/views@none)', ...one }));
      return (await meter.during(() => queryMetrics(app, whole))).consumed.operations;
    };
    const day = { startSeconds: nowSeconds - 86_400, endSeconds: nowSeconds, intervalSeconds: 60 };
    // Two days are touched.
    expect(await cost([day])).toEqual({ Query: 2 });
    expect(await cost([day, { ...day, query: 'sum(c:custom/views@none) by route', totals: true }])).toEqual({
      Query: 2,
    });
    expect(
      await cost([
        {
          ...day,
          startSeconds: 1,
          endSeconds: nowSeconds * 2,
          totals: true,
          intervalSeconds: undefined,
          granularitySeconds: 86_400,
        },
      ]),
    ).toEqual({ Query: 2 });
  });
});
