import { describe, expect, it } from 'vitest';
import { type MemoryPoint, memoryMetricSource } from '../../../tests/support/memory-metric-source.ts';
import type { MetricSource } from './metric-source.ts';
import { bulkRunQuery, type QueryRequest, runQuery } from './run-query.ts';

const at = (minute: number, value: MemoryPoint['value'], tags: Record<string, string> = {}, projectId = '1') => ({
  atSeconds: minute * 60,
  value,
  tags,
  projectId,
});

const source = memoryMetricSource({
  'c:custom/hits@none': [
    at(0, 3, { path: '/a', 'transaction.status': 'ok' }),
    at(0, 1, { path: '/b', 'transaction.status': 'internal_error' }),
    at(1, 5, { path: '/a', 'transaction.status': 'ok' }),
    at(3, 2, {}, '2'),
  ],
  'c:custom/errors@none': [at(0, 1, { path: '/a' }), at(2, 4, { path: '/b' })],
  'd:custom/load@millisecond': [100, 200, 300, 700, 5_000].map((value) => at(0, value)),
  'g:custom/depth@none': [at(0, 4), at(1, 9), at(2, 2)],
  's:custom/users@none': [at(0, 'ann'), at(0, 'bob'), at(1, 'ann')],
});

const asked = { startSeconds: 0, endSeconds: 240, organizations: ['acme'], projectIds: ['1', '2'] };
const total = (query: string, more: Partial<QueryRequest> = {}) =>
  runQuery(source, { ...asked, totals: true, query, ...more }).then(({ rows }) => rows);
const minutes = (query: string, more: Partial<QueryRequest> = {}) =>
  runQuery(source, { ...asked, intervalSeconds: 60, query, ...more }).then(({ rows }) =>
    rows.map(({ aggregate_value, time, ...group }) => [time?.slice(14, 16), aggregate_value, ...Object.values(group)]),
  );

describe('an aggregate over all of the time', () => {
  it.each([
    ['sum(c:custom/hits@none)', 11],
    ['count(c:custom/hits@none)', 4],
    ['rate(c:custom/hits@none)', 11 / 240],
    ['rate(sum(c:custom/hits@none), 60)', 11 / 4],
    ['sum(c:custom/hits@none){path:"/a"}', 8],
    ['sum(c:custom/hits@none){!path:"/a"}', 3],
    ['sum(c:custom/hits@none){path:/*}', 9],
    ['sum(c:custom/hits@none){!path:/*}', 2],
    ['sum(c:custom/hits@none){!path:["/a", "/b"]}', 2],
    ['sum(c:custom/hits@none){path:""}', 2],
    ['sum(c:custom/hits@none){project_id:2 or path:"/b"}', 3],
    ['avg(d:custom/load@millisecond)', 1_260],
    ['min(d:custom/load@millisecond)', 100],
    ['max(d:custom/load@millisecond)', 5_000],
    ['quantiles(1)(d:custom/load@millisecond)', 5_000],
    ['last(g:custom/depth@none)', 2],
    ['count_unique(s:custom/users@none)', 2],
    ['failure_rate(sum(c:custom/hits@none){path:/*})', 1 / 9],
    ['failure_rate(sum(c:custom/hits@none){path:"/a"})', 0],
    ['failure_rate(c:custom/hits@none){path:/*}', 1 / 9],
    ['apdex(count(d:custom/load@millisecond), 300)', (3 + 0.5) / 5],
    ['apdex(300)(d:custom/load@millisecond)', (3 + 0.5) / 5],
    ['avg(c:custom/hits@none)', 11 / 4],
    ['count(s:custom/users@none)', 3],
    ['(sum(c:custom/hits@none) - sum(c:custom/errors@none)){path:"/a"}', 7],
    ['-sum(c:custom/hits@none) * 2 / 0', null],
    ['sum(c:custom/hits@none) + sum(c:custom/none@none)', null],
  ])('%s is %s', async (query, value) => {
    expect(await total(query)).toEqual([{ aggregate_value: value }]);
  });

  it('has no row when nothing was measured', async () => {
    expect(await total('sum(c:custom/none@none)')).toEqual([]);
  });

  it('is ordered by value when asked, with what is unknown at the end', async () => {
    const query = '(sum(c:custom/hits@none) / sum(c:custom/errors@none)) by path';
    expect(await total(query, { orderBy: 'ASC' })).toEqual([
      { path: '/b', aggregate_value: 0.25 },
      { path: '/a', aggregate_value: 8 },
      { path: '', aggregate_value: null },
    ]);
    expect(await total(query, { orderBy: 'DESC', limit: 1, offset: 1 })).toEqual([
      { path: '/b', aggregate_value: 0.25 },
    ]);
  });
});

describe('an aggregate by interval', () => {
  it('has a row where there are points, and tells projects as numbers', async () => {
    expect(await minutes('sum(c:custom/hits@none) by project_id')).toEqual([
      ['00', 4, 1],
      ['01', 5, 1],
      ['03', 2, 2],
    ]);
  });

  it('keeps the row and says null where an operand is missing', async () => {
    expect(await minutes('sum(c:custom/errors@none) / sum(c:custom/hits@none)')).toEqual([
      ['00', 0.25],
      ['01', null],
      ['02', null],
      ['03', null],
    ]);
  });

  it('gives a part without groups to every group of the other', async () => {
    expect(await minutes('sum(c:custom/errors@none) by path / sum(c:custom/hits@none)')).toEqual([
      ['00', 0.25, '/a'],
      ['00', null, '/b'],
      ['01', null, '/a'],
      ['01', null, '/b'],
      ['02', null, '/b'],
      ['03', null, '/a'],
      ['03', null, '/b'],
    ]);
  });

  it('joins a part with fewer groups to all that it agrees with', async () => {
    const query = '(sum(c:custom/hits@none) by path / sum(c:custom/hits@none)) by project_id';
    expect(await minutes(query)).toEqual([
      ['00', 0.75, 1, '/a'],
      ['00', 0.25, 1, '/b'],
      ['01', 1, 1, '/a'],
      ['01', null, 1, '/b'],
      ['03', 1, 2, ''],
    ]);
  });

  it('is zero in every interval without points when filled, and division by zero stays null', async () => {
    expect(await minutes('sum(c:custom/hits@none)', { fill: true })).toEqual([
      ['00', 4],
      ['01', 5],
      ['02', 0],
      ['03', 2],
    ]);
    expect(await minutes('sum(c:custom/errors@none) / sum(c:custom/hits@none)', { fill: true })).toEqual([
      ['00', 0.25],
      ['01', 0],
      ['02', null],
      ['03', 0],
    ]);
    expect(await minutes('sum(c:custom/none@none)', { fill: true })).toHaveLength(4);
  });

  it('tells the total over all intervals and groups in addition', async () => {
    const request = { ...asked, intervalSeconds: 60, totals: true, query: 'sum(c:custom/hits@none) by path' };
    expect((await runQuery(source, request)).totals).toEqual({ aggregate_value: 11 });
  });
});

describe('zeros', () => {
  it('are refused where groups and intervals are too many together', async () => {
    const mri = 'c:custom/hits@none';
    const points = Array.from({ length: 21 }, (_, index) => at(0, 1, { path: String(index) }));
    const request = { ...asked, query: `sum(${mri}) by path`, intervalSeconds: 10, endSeconds: 100_000, fill: true };
    const fewer = { [mri]: points.slice(1) };
    expect((await runQuery(memoryMetricSource(fewer), { ...request, limit: 1 })).rows).toHaveLength(1);
    await expect(runQuery(memoryMetricSource({ [mri]: points }), request)).rejects.toThrow(/21 groups/);
  });
});

describe('several queries at once', () => {
  it('read once what they both touch', async () => {
    let reads = 0;
    const counting: MetricSource = {
      read: (selection, take) => {
        reads += 1;
        return source.read(selection, take);
      },
    };
    const query = 'sum(c:custom/hits@none)';
    const requests = [query, `${query} by path`, `${query} / ${query}`].map((one) => ({
      ...asked,
      totals: true,
      query: one,
    }));
    expect(await bulkRunQuery(counting, requests)).toHaveLength(3);
    expect(reads).toBe(1);
  });

  it('read windows that overlap or touch as one, and those that lie apart by themselves', async () => {
    const read: [number, number][] = [];
    const watched: MetricSource = {
      read(selection, take) {
        read.push([selection.fromSeconds, selection.untilSeconds]);
        return source.read(selection, take);
      },
    };
    const windows = [
      [60, 120],
      [0, 60],
      [0, 120],
      [180, 240],
    ] as const;
    const answers = await bulkRunQuery(
      watched,
      windows.map(([startSeconds, endSeconds]) => ({
        ...asked,
        ...{ startSeconds, endSeconds, granularitySeconds: 60, totals: true, query: 'sum(c:custom/hits@none)' },
      })),
    );
    expect(answers.map(({ rows: [row] }) => row?.aggregate_value)).toEqual([5, 4, 9, 2]);
    expect(read).toEqual([
      [0, 120],
      [180, 240],
    ]);
  });

  it('are none without a question', async () => {
    expect(await bulkRunQuery(source, [])).toEqual([]);
  });

  it('take public names that a product adds, and tell what names were resolved to', async () => {
    const names = new Map([['shop.hits', 'c:custom/hits@none']]);
    const [answer] = await bulkRunQuery(source, [{ ...asked, totals: true, query: 'sum(shop.hits)' }], names);
    expect(answer).toMatchObject({ names: { 'shop.hits': 'c:custom/hits@none' }, rows: [{ aggregate_value: 11 }] });
  });
});
