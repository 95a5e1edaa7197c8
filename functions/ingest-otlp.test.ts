import type { APIGatewayProxyEvent } from 'aws-lambda';
import protobuf from 'protobufjs/light.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WireMessage } from '../lib/metrics/index.ts';
import { createOrganization } from '../lib/organizations/index.ts';
import { UnavailableError } from '../lib/platform/errors.ts';
import { type RandomText, randomText } from '../lib/platform/random-text.ts';
import { type RateLimit, rateLimit } from '../lib/platform/rate-limit.ts';
import { createProject, type ProjectKey } from '../lib/projects/index.ts';
import { type ArrayQueue, arrayQueue } from '../tests/support/array-queue.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createTestApp, type TestApp } from '../tests/support/test-app.ts';
import { door } from './ingest-otlp.ts';
import { httpDoor } from './middleware/http-door.ts';

const publicKey = '0123456789abcdef0123456789abcdef';

interface IngestingApp extends TestApp {
  readonly points: ArrayQueue<WireMessage>;
  readonly randomText: RandomText;
  readonly pointLimit?: RateLimit;
}

let app: IngestingApp;
beforeEach(async () => {
  app = { ...(await createTestApp()), points: arrayQueue(), randomText };
  await createOrganization(app, { slug: 'acme', name: 'Acme' });
  await createProject({ ...app, randomText: () => publicKey }, { organization: 'acme', name: 'Web', slug: 'web' });
});

async function call(event: APIGatewayProxyEvent, on = app) {
  const handler = httpDoor<IngestingApp, ProjectKey, typeof door.path, typeof door.query, typeof door.body.schema>(
    door,
    async () => on,
  );
  const { statusCode: status, body, isBase64Encoded = false, headers = {} } = await handler(event, lambdaContext());
  return { status, bytes: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'), headers };
}

const sent = () => app.points.takeAll().flatMap(({ points }) => points);
const tags = { environment: 'production', release: 'shop@1.2.0', 'service.name': 'shop' };
const views = { m: 'c:custom/page.views@none', t: { route: '/home', ...tags }, a: 1_772_442_000, s: { increment: 3 } };

/** `google.rpc.Status` as its own definition has it. */
const status = new protobuf.Type('Status')
  .add(new protobuf.Field('code', 1, 'int32'))
  .add(new protobuf.Field('message', 2, 'string'));

describe('POST /v1/metrics', () => {
  it.each(['json', 'json-gzip'])('takes a counter as %s', async (name) => {
    const { status: code, bytes, headers } = await call(storedEvent(`ingest-otlp/${name}`));
    expect({ code, text: bytes.toString(), type: headers['Content-Type'] }).toEqual({
      code: 200,
      text: '{}',
      type: 'application/json',
    });
    expect(sent()).toEqual([views]);
    expect([...app.counted]).toEqual([
      ['metrics.points.accepted', 1],
      ['ingest-otlp.success', 1],
    ]);
  });

  it('takes points of every kind as protobuf', async () => {
    const { status: code, bytes, headers } = await call(storedEvent('ingest-otlp/protobuf'));
    expect({ code, length: bytes.length, type: headers['Content-Type'] }).toEqual({
      code: 200,
      length: 0,
      type: 'application/x-protobuf',
    });
    const at = 1_772_442_000;
    expect(sent()).toEqual([
      views,
      {
        m: 'c:custom/checkout.errors@none',
        t: { route: '/home', ...tags },
        a: at,
        s: { cumulative: { stream: expect.stringMatching(/^[\w-]{22}$/), startSeconds: at - 10, value: 2 } },
      },
      { m: 'g:custom/queue.size@none', t: tags, a: at, s: { last: 4.5, min: 4.5, max: 4.5, sum: 4.5, count: 1 } },
      {
        m: 'd:custom/http.server.request.duration@second',
        t: tags,
        a: at,
        s: { bins: [[expect.closeTo(0.2), 3]], sum: 0.6, min: 0.1, max: 0.3 },
      },
    ]);
  });

  const why =
    '1 left out: Summaries cannot be added up; send a histogram instead. 2 left out: Points are taken for a day.';

  it('tells in JSON what it leaves out, and stores the rest', async () => {
    const { status: code, bytes } = await call(storedEvent('ingest-otlp/json-partly'));
    expect({ code, body: JSON.parse(bytes.toString()) }).toEqual({
      code: 200,
      body: { partialSuccess: { rejectedDataPoints: '3', errorMessage: why } },
    });
    expect(sent()).toEqual([views]);
    expect(Object.fromEntries(app.counted)).toMatchObject({
      'metrics.points.refused.summary': 1,
      'metrics.points.refused.too_old': 2,
    });
  });

  it('tells in protobuf what it leaves out', async () => {
    const { bytes } = await call(storedEvent('ingest-otlp/protobuf-partly'));
    const text = Buffer.from(why);
    const inner = Buffer.concat([Buffer.from([0x08, 3, 0x12, text.length]), text]);
    expect(bytes).toEqual(Buffer.concat([Buffer.from([0x0a, inner.length]), inner]));
  });

  it.each([
    ['malformed', 400, 3, 'The body is not an ExportMetricsServiceRequest in JSON, which its Content-Type says.'],
    ['no-key', 401, 16, expect.stringContaining('x-sentry-auth')],
    ['other-type', 415, 3, 'Send OTLP with Content-Type application/x-protobuf or application/json.'],
  ])('answers %s in JSON with %i and what to do', async (name, code, grpcCode, message) => {
    const answer = await call(storedEvent(`ingest-otlp/${name}`));
    expect({ code: answer.status, body: JSON.parse(answer.bytes.toString()) }).toEqual({
      code,
      body: { code: grpcCode, message },
    });
    expect(sent()).toEqual([]);
  });

  it.each([
    ['protobuf-malformed', 400, 3, 'The body is not an ExportMetricsServiceRequest in protobuf'],
    ['unknown-key', 401, 16, 'No project has this key.'],
  ])('answers %s in protobuf with %i and what to do', async (name, code, grpcCode, message) => {
    const { status: answered, bytes } = await call(storedEvent(`ingest-otlp/${name}`));
    expect({ answered, ...status.decode(bytes).toJSON() }).toEqual({
      answered: code,
      code: grpcCode,
      message: expect.stringContaining(message),
    });
  });

  it('answers 503 with the time to wait when the queue is away', async () => {
    const send = async () => Promise.reject(new UnavailableError('away', 1));
    const answer = await call(storedEvent('ingest-otlp/json'), { ...app, points: { ...app.points, send } });
    expect(answer).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
    expect(JSON.parse(answer.bytes.toString())).toMatchObject({ code: 14 });
  });

  it('answers 429 to a project that sends too much, and stores nothing of it', async () => {
    const limited = { ...app, pointLimit: rateLimit({ ...app, perMinute: 1 }) };
    expect(await call(storedEvent('ingest-otlp/json'), limited)).toMatchObject({ status: 200 });
    app.points.takeAll();
    const { status: code, bytes, headers } = await call(storedEvent('ingest-otlp/protobuf'), limited);
    expect({ code, headers }).toMatchObject({
      code: 429,
      headers: { 'Retry-After': '60', 'X-Sentry-Rate-Limits': '60:metric_bucket;trace_metric:key:points_per_minute' },
    });
    expect(status.decode(bytes).toJSON()).toMatchObject({ code: 8, message: expect.stringContaining('60 seconds') });
    expect(sent()).toEqual([]);
  });

  it('refuses a body of more than 4 MiB', async () => {
    const event = { ...storedEvent('ingest-otlp/json'), body: 'x'.repeat(4 * 1024 * 1024 + 1) };
    expect(await call(event)).toMatchObject({ status: 413 });
  });
});
