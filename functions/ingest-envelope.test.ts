import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FoldMemory, foldMemory, parsePublicName, sumOverWindow, type WireMessage } from '../lib/metrics/index.ts';
import { createOrganization } from '../lib/organizations/index.ts';
import { type RandomText, randomText } from '../lib/platform/random-text.ts';
import { type RateLimit, rateLimit } from '../lib/platform/rate-limit.ts';
import { createProject, type ProjectKey } from '../lib/projects/index.ts';
import { countPoints } from '../tests/support/alerting-app.ts';
import { type ArrayQueue, arrayQueue } from '../tests/support/array-queue.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createTestApp, type TestApp } from '../tests/support/test-app.ts';
import { door } from './ingest-envelope.ts';
import { httpDoor } from './middleware/http-door.ts';

/** The project of the stored events; its id is the first that the test's clock and counter give. */
const projectId = '4510974078877696';
const publicKey = '0123456789abcdef0123456789abcdef';

interface IngestingApp extends TestApp {
  readonly points: ArrayQueue<WireMessage>;
  readonly memory: FoldMemory;
  readonly randomText: RandomText;
  readonly pointLimit?: RateLimit;
}

let app: IngestingApp;
beforeEach(async () => {
  const base = await createTestApp();
  app = { ...base, points: arrayQueue(), memory: foldMemory(base.clock), randomText };
  await createOrganization(app, { slug: 'acme', name: 'Acme' });
  await createProject({ ...app, randomText: () => publicKey }, { organization: 'acme', name: 'Web', slug: 'web' });
});

async function call(event: APIGatewayProxyEvent, on = app) {
  const handler = httpDoor<IngestingApp, ProjectKey, typeof door.path, typeof door.query, typeof door.body.schema>(
    door,
    async () => on,
  );
  const { statusCode, body, headers } = await handler(event, lambdaContext());
  return { status: statusCode, body: JSON.parse(body) as unknown, headers };
}

/** What counts for a metric in the minute of the stored events, when the worker has counted all that was sent. */
async function stored(name: string): Promise<number | null> {
  await countPoints(app);
  const metric = parsePublicName(name, 'c');
  if (metric === undefined) throw new TypeError(`${name} is no metric`);
  const startMs = app.clock.now();
  return sumOverWindow(app, { organization: 'acme', projectId, metric, startMs, endMs: startMs + 60_000 });
}

describe('POST /api/{project_id}/envelope/', () => {
  it('stores a counter that the command line sends', async () => {
    expect(await call(storedEvent('ingest-envelope/counter'))).toEqual({
      status: 200,
      body: {},
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'X-Request-Id': 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      },
    });
    expect(await stored('page.views')).toBe(3);
    expect([...app.counted]).toEqual([
      ['metrics.points.accepted', 1],
      ['ingest-envelope.success', 1],
      ['metrics.points.stored', 1],
    ]);
  });

  it('takes what an SDK sends: the key in the query, compressed, items of all kinds without a length', async () => {
    expect(await call(storedEvent('ingest-envelope/sdk-gzip'))).toMatchObject({
      status: 200,
      body: {
        id: '12c2d058d58442709aa2eca08bf20986',
        dropped: [
          {
            item: 'other',
            reason: 'item_not_stored',
            detail: 'Items of this type are accepted and not stored.',
            count: 1,
          },
        ],
      },
    });
    expect(await stored('checkout.errors')).toBe(2);
  });

  it('stores the metrics of an SDK, and counts those that it cannot read', async () => {
    const { status, body } = await call(storedEvent('ingest-envelope/trace-metric'));
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        dropped: [
          {
            item: 'trace_metric',
            reason: 'malformed_metric',
            detail: 'A metric has a name, a number as its value, and the type counter, gauge or distribution.',
            count: 1,
          },
        ],
      },
    });
    const [message] = app.points.takeAll();
    const t = { route: '/pay', release: 'shop@1.2.0', environment: 'production', 'server.address': 'web-1' };
    const a = 1_772_442_000.125;
    expect(message?.points).toEqual([
      { m: 'c:custom/checkout.errors@none', t, a, s: { increment: 2 } },
      { m: 'g:custom/queue.size@none', t, a, s: { last: 7, min: 7, max: 7, sum: 7, count: 1 } },
      { m: 'd:custom/page.load@millisecond', t, a, s: { values: [120.5] } },
    ]);
  });

  it('counts events and sessions, and whom they are about', async () => {
    const id = '12c2d058d58442709aa2eca08bf20986';
    expect(await call(storedEvent('ingest-envelope/events-and-sessions'))).toMatchObject({ status: 200, body: { id } });
    const [message] = app.points.takeAll();
    expect(message?.points.map(({ m, t, s }) => [m, t?.['session.status'] ?? t?.['level'], s])).toEqual([
      ['c:escalating_issues/event_ingested@none', 'error', { increment: 1 }],
      ['s:escalating_issues/user@none', 'error', { members: ['id:7'] }],
      ['c:sessions/session@none', 'init', { increment: 1 }],
      ['s:sessions/user@none', 'init', { members: ['7'] }],
      ['c:sessions/session@none', 'crashed', { increment: 1 }],
      ['s:sessions/user@none', 'crashed', { members: ['7'] }],
      ['c:sessions/session@none', 'init', { increment: 9 }],
      ['c:sessions/session@none', 'exited', { increment: 8 }],
      ['c:sessions/session@none', 'errored', { increment: 1 }],
    ]);
  });

  it('says what it does not store, and stores the rest', async () => {
    const { status, body } = await call(storedEvent('ingest-envelope/partly-dropped'));
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        dropped: [
          {
            item: 'statsd',
            reason: 'malformed',
            detail: 'Not a metric in the form name@unit:value|type|#tag:value|T<seconds>.',
            count: 1,
          },
          { item: 'statsd', reason: 'too_old', detail: 'Points are taken for a day.', count: 1 },
        ],
      },
    });
    expect(await stored('page.views')).toBe(1);
    expect(Object.fromEntries(app.counted)).toMatchObject({
      'metrics.points.refused.malformed': 1,
      'metrics.points.refused.too_old': 1,
    });
  });

  it.each([
    ['malformed', 400, 'Item 1 is shorter than the length that it tells.'],
    [
      'no-key',
      401,
      'Say which project this is for: send the key of its DSN in the header x-sentry-auth (sentry sentry_key=…) or as ?sentry_key=.',
    ],
    ['unknown-key', 401, 'No project has this key. Copy the DSN of the project again.'],
    [
      'other-project',
      403,
      'The key belongs to another project than the one in the address. Copy the whole DSN of one project.',
    ],
  ])('answers %s with %i and what to do', async (name, status, detail) => {
    expect(await call(storedEvent(`ingest-envelope/${name}`))).toMatchObject({ status, body: { detail } });
    expect(await stored('page.views')).toBeNull();
  });

  it('answers 429 to a project that sends too much, and stores nothing of it', async () => {
    const limited = { ...app, pointLimit: rateLimit({ ...app, perMinute: 1 }) };
    app.clock.advance(48_000);
    expect(await call(storedEvent('ingest-envelope/counter'), limited)).toMatchObject({ status: 200 });
    expect(await call(storedEvent('ingest-envelope/counter'), limited)).toMatchObject({
      status: 429,
      body: { detail: expect.stringContaining('12 seconds') },
      headers: { 'Retry-After': '12', 'X-Sentry-Rate-Limits': '12:metric_bucket;trace_metric:key:points_per_minute' },
    });
    app.clock.advance(-48_000);
    expect(await stored('page.views')).toBe(3);
  });

  it('refuses a body of more than 1 MiB', async () => {
    const event = storedEvent('ingest-envelope/counter');
    expect(await call({ ...event, body: 'x'.repeat(1024 * 1024 + 1) })).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining('1048576') },
    });
  });

  it.each(['ffff', '../x', `${publicKey}x`, ''])('knows no key %j', async (key) => {
    const event = storedEvent('ingest-envelope/no-key');
    const query = { sentry_key: [key] };
    expect(await call({ ...event, multiValueQueryStringParameters: query })).toMatchObject({ status: 401 });
  });
});
