import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldMemory, foldMessages, type MetricPoint } from '../lib/metrics/index.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiAnswer, type ApiClient, apiClient } from '../tests/support/api.ts';
import { messageOf, nowSeconds, pointOf } from '../tests/support/folding-app.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { apiDoor } from './middleware/api-door.ts';
import { served } from './query-metrics.ts';

let acme: Acme;
let api: ApiClient;

const views = 'c:custom/views@none';
const load = 'd:custom/load@second';
const base = '/api/0/organizations/acme/metrics';
const ask = (body: object, token?: string): Promise<ApiAnswer> =>
  api.post(`${base}/query/`, body, token === undefined ? {} : { token });

const seen = (increment: number, tags: Record<string, string>, at = nowSeconds): MetricPoint =>
  pointOf(views, { type: 'c', increment }, { tags, at });

beforeAll(async () => {
  acme = await createAcme();
  const { app, web, api: hidden } = acme;
  api = apiClient(app, await acme.token(['project:read']));
  const sent = [
    {
      project: web,
      points: [
        seen(3, { route: '/a', environment: 'production' }),
        seen(2, { route: '/b', environment: 'staging' }),
        seen(4, { route: '/a', environment: 'production' }, nowSeconds - 300),
        pointOf(load, { type: 'd', values: [1, 2, 3, 4] }),
        pointOf('d:transactions/duration@millisecond', { type: 'd', values: [250] }, { tags: { route: '/a' } }),
      ],
    },
    { project: hidden, points: [seen(100, { route: '/hidden' }), pointOf('g:custom/hidden@none', gauge)] },
  ];
  for (const { project, points } of sent) {
    const message = { ...messageOf(project.slug, points), projectId: project.id };
    expect(await foldMessages({ ...app, memory: foldMemory(app.clock) }, [message])).toEqual(new Map());
  }
});

const gauge = { type: 'g', last: 4, min: 1, max: 9, sum: 14, count: 3 } as const;
const valuesOf = ({ body }: ApiAnswer): unknown[] =>
  (body as { data: { aggregate_value: unknown }[] }).data.map((row) => row.aggregate_value);

describe('stored requests', () => {
  it.each(readdirSync(new URL('../events/query-metrics/', import.meta.url)))('%s is answered', async (file) => {
    const name = file.replace('.json', '');
    const statuses: Record<string, number> = { 'syntax-error': 400, 'unknown-project': 400 };
    const handler = apiDoor('query-metrics', served, async () => acme.app);
    const event = withToken(storedEvent(`query-metrics/${name}`), await acme.token(['alerts:read']));
    expect((await handler(event, lambdaContext())).statusCode).toBe(statuses[name] ?? 200);
  });
});

describe('a query', () => {
  it('is answered with its rows, its totals, its time and what names mean', async () => {
    const { status, body } = await ask({
      query: 'sum(c:custom/views@none) by route',
      project: ['web'],
      start: '2026-03-02T08:54:00Z',
      end: '2026-03-02T09:01:00Z',
      interval: '5m',
      totals: true,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      data: [
        { route: '/a', time: '2026-03-02T08:55:00+00:00', aggregate_value: 4 },
        { route: '/a', time: '2026-03-02T09:00:00+00:00', aggregate_value: 3 },
        { route: '/b', time: '2026-03-02T09:00:00+00:00', aggregate_value: 2 },
      ],
      totals: { aggregate_value: 9 },
      modified_start: '2026-03-02T08:50:00+00:00',
      modified_end: '2026-03-02T09:05:00+00:00',
      indexer_mappings: {},
    });
    expect((await ask({ query: 'max(transaction.duration)' })).body).toMatchObject({
      data: [{ aggregate_value: 250 }],
      indexer_mappings: { 'transaction.duration': 'd:transactions/duration@millisecond' },
    });
  });

  it.each([
    [{ query: `sum(${views})`, project: ['web'] }, [9]],
    [{ query: `sum(${views})` }, [109]],
    [{ query: `sum(${views})`, project: ['-1'] }, [109]],
    [{ query: `sum(${views})`, project: ['web'], environment: ['production'] }, [7]],
    [{ query: `sum(${views}) / count(${load})`, project: ['web'], environment: ['production'] }, [null]],
    [{ query: `sum(${views}) by route`, project: ['web'], orderby: 'ASC' }, [2, 7]],
    [{ query: `sum(${views}) by route`, project: ['web'], orderby: 'DESC', limit: 1, offset: 1 }, [2]],
    [{ query: `sum(${views})`, project: ['web'], statsPeriod: '10m', interval: 300, fill: true }, [0, 4, 5]],
    [{ query: `quantiles(0, 1)(${load})` }, [[1, 4]]],
    [{ query: `sum(${views})`, project: ['web'], statsPeriod: '60d' }, [9]],
    [{ query: `sum(${views})`, project: ['web'], interval: null, orderby: null, start: null, statsPeriod: null }, [9]],
  ])('%j gives %j', async (body, values) => {
    const answer = await ask(body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(valuesOf(answer)).toEqual(values);
  });

  it('can come with others, which share what is told beside them', async () => {
    const queries = [{ query: `sum(${views})` }, { query: `sum(${views})`, statsPeriod: '1h', interval: 3_600 }];
    const { body } = await ask({ queries, project: [acme.web.id], statsPeriod: '24h' });
    expect(body.results).toMatchObject([
      { data: [{ aggregate_value: 9 }] },
      { data: [{ time: expect.any(String) }, {}] },
    ]);
  });

  it.each([
    [{ query: 'sum(c:custom/views@none' }, { query: [/^Line 1, column 24: there is the end of the query/] }],
    [{ query: 'median(c:custom/views@none)' }, { query: [/There is no aggregate "median"\. There are: sum, count/] }],
    [{ query: 'p95(c:custom/views@none)' }, { query: [/type c/] }],
    [{ query: 'x'.repeat(20_000) }, { query: [/16,384 characters/] }],
    [{ query: `sum(${views})`, interval: 5 }, { interval: [/10 or more/] }],
    [{ query: `sum(${views})`, interval: 'often' }, { interval: [/10 or more/] }],
    [{ query: `sum(${views})`, granularity: 7 }, { granularity: [/10, 60, 3600/] }],
    [{ query: `sum(${views})`, granularity: 3_600, interval: 60 }, { granularity: [/not longer than the interval/] }],
    [{ query: `sum(${views})`, orderby: 'ASC', interval: 60 }, { orderby: [/totals alone/] }],
    [{ query: `sum(${views})`, orderby: 'up' }, { orderby: [/ASC or DESC/] }],
    [{ query: `sum(${views})`, limit: 0 }, { limit: [/1 to 10,000/] }],
    [{ query: `sum(${views})`, offset: -1 }, { offset: [/0 or more/] }],
    [{ query: `sum(${views})`, project: ['web', 'none'] }, { project: [/none/] }],
    [{ query: `sum(${views})`, colour: 'red' }, { colour: [/no such field/] }],
    [{}, { query: [/one query/] }],
    [{ query: 'sum(x)', queries: [{ query: 'sum(x)' }] }, { query: [/one query/] }],
    [{ queries: [] }, { queries: [/1 to 10/] }],
    [
      { queries: [{ query: `sum(${views})` }, { query: 'sum(' }] },
      { queries: { query: [/^Query 2: Line 1, column 5/] } },
    ],
    [{ query: `sum(${views})`, statsPeriod: 'soon' }, { detail: /statsPeriod/ }],
    [{ query: `sum(${views})`, start: '2026-03-02' }, { detail: /start and end/ }],
    [{ query: `sum(${views})`, start: '2026-03-02', end: '2026-03-02' }, { detail: /before the end/ }],
    [{ query: `sum(${views})`, interval: 10, statsPeriod: '90d', fill: true }, { detail: /intervals/ }],
  ])('%j is refused with its field and what to change', async (body, fields) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(matching(fields));
  });

  it('reaches the projects of its caller and no others', async () => {
    const mia = await acme.token(['project:read'], people.mia);
    expect(valuesOf(await ask({ query: `sum(${views})` }, mia))).toEqual([9]);
    expect(await ask({ query: `sum(${views})`, project: ['api'] }, mia)).toMatchObject({
      status: 400,
      body: { project: [expect.stringContaining('api')] },
    });
    const { body } = await api.get(`${base}/meta/`, { token: mia });
    expect(JSON.stringify(body)).not.toContain('hidden');
  });
});

describe('what there is to ask for', () => {
  it('are metrics with their types, units and aggregates', async () => {
    const { body } = await api.get(`${base}/meta/`);
    expect(body.map(({ mri }: { mri: string }) => mri)).toEqual([
      views,
      load,
      'd:transactions/duration@millisecond',
      'g:custom/hidden@none',
    ]);
    expect(body[0]).toEqual({
      mri: views,
      name: 'views',
      namespace: 'custom',
      type: 'counter',
      unit: 'none',
      operations: ['sum', 'count', 'avg', 'rate', 'failure_rate'],
      projectIds: [acme.web.id, acme.api.id].sort(),
      lastSeen: '2026-03-02',
    });
    const page = await api.get(`${base}/meta/?per_page=1&project=web`);
    expect(page.body).toHaveLength(1);
    expect(page.headers['Link']).toContain('results="true"');
  });

  it('are the tags of a metric and their values', async () => {
    expect((await api.get(`${base}/tags/?metric=${views}&project=web`)).body).toEqual([
      { key: 'environment' },
      { key: 'route' },
    ]);
    expect((await api.get(`${base}/tags/route/?metric=${views}&project=web`)).body).toEqual([
      { key: 'route', value: '/a', lastSeen: '2026-03-02' },
      { key: 'route', value: '/b', lastSeen: '2026-03-02' },
    ]);
    expect((await api.get(`${base}/tags/route/?metric=transaction.duration`)).body).toHaveLength(1);
    expect((await api.get(`${base}/tags/none/?metric=${views}`)).body).toEqual([]);
    expect((await api.get(`${base}/tags/${'x'.repeat(3_000)}/?metric=${views}`)).body).toEqual([]);
  });

  it('go on from a cursor of the same list only', async () => {
    const values = `${base}/tags/route/?metric=${views}&project=web&per_page=1`;
    const cursorOf = (position: string): string => Buffer.from(position).toString('base64url');
    expect((await api.get(`${values}&cursor=${cursorOf('>route#/a')}`)).body).toMatchObject([{ value: '/b' }]);
    expect((await api.get(`${values}&cursor=${cursorOf('<route#/b')}`)).body).toMatchObject([{ value: '/a' }]);
    for (const position of ['acme', 'route', 'zzz#1', `c:custom/views@none`, `route#${'x'.repeat(1_100)}`]) {
      for (const direction of ['<', '>']) {
        const { status, body } = await api.get(`${values}&cursor=${cursorOf(`${direction}${position}`)}`);
        expect({ status, body }, position).toEqual({
          status: 400,
          body: { detail: expect.stringContaining('cursor') },
        });
      }
    }
  });

  it.each(['', 'metric=nothing.known', 'metric=c:x', 'metric='])('%s is refused', async (query) => {
    for (const list of ['tags', 'tags/route']) {
      const { status, body } = await api.get(`${base}/${list}/?${query}`);
      expect({ status, body }).toEqual({ status: 400, body: { metric: [expect.any(String)] } });
    }
  });
});

/** The same with regular expressions for the texts that match them. */
function matching(value: unknown): unknown {
  if (value instanceof RegExp) return expect.stringMatching(value);
  if (Array.isArray(value)) return value.map(matching);
  return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, matching(one)]));
}
