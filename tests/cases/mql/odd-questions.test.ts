import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type QueryRequest, runQuery } from '../../../lib/metrics/mql/run-query.ts';
import type { GaugeValue, MemoryPoint } from '../../support/memory-metric-source.ts';
import { type StoredPoints, storePoints } from './stored-points.ts';

// Questions that are easily answered wrongly, over points that were really stored; the answers were worked out by hand.

const noon = Date.parse('2024-08-12T12:00:00Z') / 1_000;

/** A point so many minutes and seconds after noon. */
function at(
  time: string,
  value: MemoryPoint['value'],
  tags: Record<string, string> = {},
  projectId = '1',
): MemoryPoint {
  const [minutes = 0, seconds = 0] = time.split(':').map(Number);
  return { atSeconds: noon + minutes * 60 + seconds, value, tags, projectId };
}

const gauge = (value: number): GaugeValue => ({ last: value, min: value, max: value, sum: value, count: 1 });
const status = (name: string) => ({ 'transaction.status': name });

const points = {
  'd:custom/load@millisecond': [
    at('00:05', 10, { route: '/cart', env: 'prod' }),
    at('00:15', 20, { route: '/cart', env: 'dev' }),
    at('01:00', 30, { route: '/check out', env: 'prod' }),
    at('01:59', 40, { env: 'prod' }),
    at('02:30', 50, { route: '/cart*', env: 'prod' }),
    at('10:00', 60, { route: '/CART' }),
  ],
  'c:custom/hits@none': [
    at('00:05', 1, { route: '/cart' }),
    at('00:25', 2),
    at('01:30', 4, { route: '/pay' }),
    at('03:00', 8, { route: '/cart', and: 'x' }),
    at('59:59', 16, { route: '/cart' }),
    at('00:05', 32, { route: '/cart' }, '2'),
  ],
  'c:custom/errors@none': [
    at('00:05', 1, { route: '/cart' }),
    at('03:10', 2, { route: '/cart' }),
    at('20:00', 3, { route: '/other' }),
  ],
  'c:custom/zero@none': [at('00:05', 0)],
  'g:custom/depth@none': [at('00:00', gauge(5)), at('00:30', gauge(7)), at('05:00', gauge(3))],
  's:custom/user@none': [at('00:00', 'a'), at('00:00', 'b'), at('01:00', 'b'), at('01:00', 'c'), at('30:00', 'a')],
  'd:transactions/duration@millisecond': [
    at('00:00', 100, status('ok')),
    at('00:00', 200, status('ok')),
    at('00:00', 300, status('internal_error')),
    at('00:00', 1_300, status('unknown')),
    at('00:00', 5_000),
  ],
};

const hits = 'c:custom/hits@none';
const errors = 'c:custom/errors@none';
const load = 'd:custom/load@millisecond';
const depth = 'g:custom/depth@none';
const user = 's:custom/user@none';
const minute = { intervalSeconds: 60, totals: false };

let stored: StoredPoints;

beforeAll(async () => {
  stored = await storePoints({ dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') }, points);
});

function ask(query: string, more: Partial<QueryRequest> = {}) {
  const whole = { startSeconds: noon, endSeconds: noon + 3_600, totals: true };
  return runQuery(stored.source(), {
    ...whole,
    ...{ query, organizations: [stored.organization(1)], projectIds: ['1'], ...more },
  });
}

/** Rows in short: the groups, the minute and second, and the value. */
async function rowsOf(query: string, more: Partial<QueryRequest> = {}): Promise<unknown[][]> {
  const { rows } = await ask(query, more);
  return rows.map(({ aggregate_value: value, time, ...group }) => [
    ...Object.values(group),
    ...(time === undefined ? [] : [time.slice(14, 19)]),
    value,
  ]);
}

describe('one number', () => {
  it.each<[string, unknown]>([
    [`sum(${hits}){!route:/cart}`, 6],
    [`sum(${hits}){!route:[/cart, /pay]}`, 2],
    [`sum(${hits}){route:""}`, 2],
    [`sum(${hits}){!route:""}`, 29],
    [`sum(${hits}){route:/c*}`, 25],
    [`sum(${hits}){!route:/c*}`, 6],
    [`sum(${hits}){route:"/c*"}`, 25],
    [`sum(${hits}){(route:/cart OR route:/pay) !and:x}`, 21],
    [`sum(${hits}){route:/cart and:x}`, 8],
    [`sum(${hits}){route:/cart and and:x}`, 8],
    [`sum(${hits}){android:x OR route:/pay}`, 4],
    [`sum(${hits}){route:/pay OR route:/cart, and:x}`, 12],
    [`sum(${hits}){(route:/pay OR route:/cart), and:x}`, 8],
    [`max(${load}){route:"/cart*"}`, 50],
    [`min(${load}){route:["/cart*"]}`, 50],
    [`sum(${load}){route:"/check out"}`, 30],
    [`quantiles(0, 1)(${load})`, [10, 60]],
    [`-sum(${errors}) * 2 + 3`, -9],
    [`sum(${errors}) - 1 - 1`, 4],
    [`sum(${errors}) / 2 / 3`, 1],
    [`2 - sum(${errors}) * 3`, -16],
    [`((sum(${errors}) + sum(${hits})) * (sum(${hits}) - sum(${errors}))) / -(sum(${errors}){route:/cart})`, -925 / 3],
    [`sum(${errors}) / sum(c:custom/zero@none)`, null],
    [`sum(c:custom/zero@none) / sum(c:custom/zero@none)`, null],
    [`sum(${errors}) / (1 - 1)`, null],
    [`sum(c:custom/zero@none)`, 0],
    [`count_unique(${user})`, 3],
    [`last(${depth})`, 3],
    [`max(${depth}) - min(${depth})`, 4],
    [`rate(${hits})`, 31 / 3_600],
    [`rate(sum(${hits}) + sum(${errors}), 60)`, 37 / 60],
    ['failure_rate(transaction.duration)', 0.4],
    ['failure_rate(transaction.duration){transaction.status:ok}', 0],
    ['apdex(300)(transaction.duration)', 0.6],
    ['apdex(count(transaction.duration), 300)', 0.6],
    ['apdex(1300)(transaction.duration)', 0.9],
  ])('is what %s comes to', async (query, value) => {
    expect(await rowsOf(query)).toEqual([[value]]);
  });
});

describe('rows', () => {
  it.each<[string, Partial<QueryRequest>, unknown[]]>([
    [
      `sum(${hits}) by project_id`,
      { projectIds: ['1', '2'], orderBy: 'DESC' },
      [
        [2, 32],
        [1, 31],
      ],
    ],
    [`sum(${hits}){route:["/c*"]}`, {}, []],
    [
      `avg(${load}) by route`,
      {},
      [
        ['', 40],
        ['/CART', 60],
        ['/cart', 15],
        ['/cart*', 50],
        ['/check out', 30],
      ],
    ],
    [`sum(${hits}) by route`, { orderBy: 'ASC', limit: 1, offset: 1 }, [['/pay', 4]]],
    [`sum(${hits}) by route`, { offset: 9 }, []],
    [
      `sum(${hits}) by (route, nothing)`,
      {},
      [
        ['', '', 2],
        ['/cart', '', 25],
        ['/pay', '', 4],
      ],
    ],
    [`(sum(${hits}){route:/cart} by route){and:x}`, {}, [['/cart', 8]]],
    [
      `sum(${errors}) by route / sum(${hits})`,
      {},
      [
        ['/cart', 3 / 31],
        ['/other', 3 / 31],
      ],
    ],
    [
      `sum(${errors}) by route / sum(${hits}) by route`,
      { orderBy: 'DESC' },
      [
        ['/cart', 0.12],
        ['', null],
        ['/other', null],
        ['/pay', null],
      ],
    ],
    [
      `count_unique(${user})`,
      minute,
      [
        ['00:00', 2],
        ['01:00', 2],
        ['30:00', 1],
      ],
    ],
    [
      `last(${depth})`,
      minute,
      [
        ['00:00', 7],
        ['05:00', 3],
      ],
    ],
    [
      `sum(${errors}) / sum(${hits})`,
      minute,
      [
        ['00:00', 1 / 3],
        ['01:00', null],
        ['03:00', 0.25],
        ['20:00', null],
        ['59:00', null],
      ],
    ],
    [
      `sum(${errors}) / sum(${hits})`,
      { ...minute, fill: true, endSeconds: noon + 240 },
      [
        ['00:00', 1 / 3],
        ['01:00', 0],
        ['02:00', null],
        ['03:00', 0.25],
      ],
    ],
    // Ninety seconds are made of whole minutes, unless finer buckets are asked for.
    [
      `count(${load})`,
      { ...minute, intervalSeconds: 90, startSeconds: noon + 30, endSeconds: noon + 151 },
      [
        ['00:00', 4],
        ['01:30', 1],
      ],
    ],
    [
      `count(${load})`,
      { ...minute, intervalSeconds: 90, granularitySeconds: 10, startSeconds: noon + 30, endSeconds: noon + 151 },
      [
        ['00:00', 3],
        ['01:30', 2],
      ],
    ],
  ])('%s %o', async (query, more, rows) => {
    expect(await rowsOf(query, more)).toEqual(rows);
  });

  it('have one total over all groups and intervals', async () => {
    const { rows, totals } = await ask(`sum(${errors}) by route / sum(${hits})`, { ...minute, totals: true });
    // Each of two groups in each minute in which it or what it is divided by has something.
    expect(rows).toHaveLength(9);
    expect(totals).toEqual({ aggregate_value: 6 / 31 });
  });
});
