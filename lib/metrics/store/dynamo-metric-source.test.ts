import { describe, expect, it } from 'vitest';
import {
  CrashError,
  crashingTable,
  createFoldingApp,
  messageOf,
  nowSeconds,
  pointOf,
  restarted,
} from '../../../tests/support/folding-app.ts';
import { foldMessages } from '../fold-messages.ts';
import type { MetricPoint } from '../metric-point.ts';
import type { StoredBucket } from '../mql/metric-source.ts';
import { QueryRefusedError } from '../mql/query-error.ts';
import { dynamoMetricSource, type SourceOptions } from './dynamo-metric-source.ts';

const hour = {
  organization: 'acme',
  projectIds: ['7'],
  granularitySeconds: 3_600,
  fromSeconds: nowSeconds - 3_600,
  untilSeconds: nowSeconds + 3_600,
};
const load = pointOf('d:custom/load@second', { type: 'd', values: [1, 2, 0, -4, 1_000] });
const queue = pointOf('g:custom/queue@none', { type: 'g', last: 4, min: 1, max: 9, sum: 14, count: 3 });

async function stored(points: readonly MetricPoint[]) {
  const app = await createFoldingApp();
  expect(await foldMessages(app, [messageOf('a', points)])).toEqual(new Map());
  return app;
}

async function read(
  app: Awaited<ReturnType<typeof stored>>,
  mri: string,
  more: Partial<typeof hour> = {},
  options: Partial<SourceOptions> = {},
): Promise<StoredBucket[]> {
  const found: StoredBucket[] = [];
  const source = dynamoMetricSource(app.metricsTable, { nowSeconds, ...options });
  await source.read({ ...hour, mri, ...more }, (bucket) => found.push(bucket));
  return found;
}

describe('a bucket', () => {
  it('has the bounds that its bins tell, until its own are there', async () => {
    const app = await createFoldingApp();
    // The writes of a series that is new, the fold, and its one group of buckets.
    const dying = restarted(app, crashingTable(app.metricsTable, 4, 'before'));
    const failed = await foldMessages(dying, [messageOf('a', [load])]);
    expect([...failed.values()]).toEqual([expect.any(CrashError)]);
    const [early] = await read(app, 'd:custom/load@second');
    expect(early?.rollup.count).toBe(5);
    expect(early?.rollup.min).not.toBe(-4);
    expect(Math.abs((early?.rollup.min ?? 0) + 4)).toBeLessThanOrEqual(0.04);
    expect(Math.abs((early?.rollup.max ?? 0) - 1_000)).toBeLessThanOrEqual(10);
    await foldMessages(restarted(app), [messageOf('a', [load])]);
    expect((await read(app, 'd:custom/load@second'))[0]?.rollup).toMatchObject({ count: 5, min: -4, max: 1_000 });
  });

  it.each([
    ['a few', 3, 0],
    ['a thousand', 1_000, 0],
    ['as many as are only estimated', 5_000, 100],
  ])('of a set has its members, be they %s', async (_, count, error) => {
    const members = Array.from({ length: count }, (__, index) => `member ${index}`);
    const app = await stored([
      pointOf('s:custom/user@none', { type: 's', members }),
      pointOf('s:custom/user@none', { type: 's', members: members.slice(0, 2) }, { tags: { plan: 'free' } }),
    ]);
    const found = await read(app, 's:custom/user@none');
    expect(found.map(({ tags, rollup }) => [tags, rollup.count])).toEqual(
      expect.arrayContaining([
        [{}, count],
        [{ plan: 'free' }, 2],
      ]),
    );
    const [of] = found.filter(({ tags }) => tags['plan'] === undefined);
    expect(Math.abs((of?.rollup.members?.count() ?? 0) - count)).toBeLessThanOrEqual(error);
    expect(found.find(({ tags }) => tags['plan'] === 'free')?.rollup.members?.count()).toBe(2);
  });

  it('of a gauge knows its latest value and when that was', async () => {
    const app = await stored([queue]);
    const [found] = await read(app, 'g:custom/queue@none');
    expect(found).toEqual({
      projectId: '7',
      startSeconds: nowSeconds,
      tags: {},
      rollup: { count: 3, sum: 14, min: 1, max: 9, last: { value: 4, atSeconds: nowSeconds } },
    });
  });
});

describe('a reading that is too much', () => {
  const many = Array.from({ length: 6 }, (_, index) =>
    pointOf('d:custom/load@second', { type: 'd', values: [1, 10, 100] }, { tags: { route: String(index) } }),
  );

  it.each([
    ['partitions', { partitions: 0 }, /fewer projects/],
    ['buckets', { buckets: 5 }, /more than 5 stored values/],
    ['numbers', { numbers: 40 }, /more than 40 numbers/],
  ])('is refused with what to ask for instead: %s', async (_, limits, text) => {
    const app = await stored(many);
    const generous = { partitions: 1, buckets: 6, numbers: 200 };
    const minutes = { granularitySeconds: 60, fromSeconds: nowSeconds };
    expect(await read(app, 'd:custom/load@second', minutes, { limits: generous })).toHaveLength(6);
    const refusal = await read(app, 'd:custom/load@second', minutes, { limits: { ...generous, ...limits } }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(QueryRefusedError);
    expect((refusal as Error).message).toMatch(text);
  });

  it('adds up over everything that is read from one source', async () => {
    const app = await stored(many);
    const source = dynamoMetricSource(app.metricsTable, {
      nowSeconds,
      limits: { partitions: 9, buckets: 9, numbers: 999 },
    });
    const again = () => source.read({ ...hour, mri: 'd:custom/load@second' }, () => {});
    await again();
    await expect(again()).rejects.toThrow(QueryRefusedError);
  });
});
