import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  BadRequestError,
  ConflictError,
  ForbiddenError,
  InvalidFieldsError,
  MethodNotAllowedError,
  NotFoundError,
  PayloadTooLargeError,
  TooManyRequestsError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from '../../lib/platform/errors.ts';
import { httpEvent } from '../../tests/support/http-event.ts';
import { lambdaContext } from '../../tests/support/lambda-context.ts';
import { createTestApp, type TestApp } from '../../tests/support/test-app.ts';
import { jsonBody } from './http-body.ts';
import { httpDoor } from './http-door.ts';

const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

function doorThat(app: TestApp, handle: () => Promise<{ status: number; body?: unknown }>) {
  return httpDoor<TestApp, { organization: string }, z.ZodObject, z.ZodObject, z.ZodType>(
    {
      name: 'things',
      maxBodyBytes: 1_000,
      authenticate: async (_, request) => {
        if (request.header('authorization') === undefined) throw new UnauthenticatedError('Who are you?');
        return { organization: 'acme' };
      },
      path: z.object({ org: z.string() }),
      query: z.looseObject({}),
      body: { read: jsonBody, schema: z.looseObject({ version: z.string('A text is needed.') }) },
      handle,
    },
    async () => app,
  );
}

function event(changes: Partial<Parameters<typeof httpEvent>[0]> = {}): APIGatewayProxyEvent {
  return httpEvent({
    resource: '/things/{org}',
    pathParameters: { org: 'acme' },
    body: '{"version":"1"}',
    ...changes,
    headers: { Authorization: 'Bearer x', ...changes.headers },
  });
}

async function call(from: APIGatewayProxyEvent, thrown?: unknown) {
  const app = await createTestApp();
  const handler = doorThat(app, async () => {
    if (thrown !== undefined) throw thrown;
    return { status: 201, body: { fine: true } };
  });
  const { statusCode, body, headers } = await handler(from, lambdaContext());
  return { app, status: statusCode, body: body === '' ? undefined : (JSON.parse(body) as unknown), headers };
}

describe('an HTTP door', () => {
  it('answers with JSON, the request id and no caching', async () => {
    const { status, body, headers, app } = await call(event());
    expect({ status, body }).toEqual({ status: 201, body: { fine: true } });
    expect(headers).toEqual({
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': requestId,
    });
    expect([...app.counted]).toEqual([['things.success', 1]]);
    expect(app.lines).toEqual([
      {
        level: 'info',
        message: 'answered',
        fields: { requestId, organization: 'acme', route: 'POST /things/{org}', status: 201 },
      },
    ]);
  });

  it.each([
    [new BadRequestError('Do this.'), 400, { detail: 'Do this.' }, 'bad_request'],
    [new InvalidFieldsError({ version: ['Wrong.'] }), 400, { version: ['Wrong.'] }, 'invalid_fields'],
    [new UnauthenticatedError('Sign in.'), 401, { detail: 'Sign in.' }, 'unauthenticated'],
    [new ForbiddenError('Not you.'), 403, { detail: 'Not you.' }, 'forbidden'],
    [new NotFoundError('None.'), 404, { detail: 'None.' }, 'not_found'],
    [new MethodNotAllowedError('POST.'), 405, { detail: 'POST.' }, 'method_not_allowed'],
    [new ConflictError('Taken.'), 409, { detail: 'Taken.' }, 'conflict'],
    [new PayloadTooLargeError('Less.'), 413, { detail: 'Less.' }, 'payload_too_large'],
    [new UnsupportedMediaTypeError('JSON.'), 415, { detail: 'JSON.' }, 'unsupported_media_type'],
    [new TooManyRequestsError('Slower.', 7), 429, { detail: 'Slower.' }, 'too_many_requests', '7'],
    [new UnavailableError('Again.', 2), 503, { detail: 'Again.' }, 'unavailable', '2'],
  ])('turns %s into %i', async (thrown, status, body, code, retryAfter?: string) => {
    const answer = await call(event(), thrown);
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
    expect(answer.headers?.['Retry-After']).toBe(retryAfter);
    expect([...answer.app.counted]).toEqual([[`things.failure.${code}`, 1]]);
  });

  it.each([[new Error('connection to 10.0.0.1 refused')], ['a thrown text'], [new TypeError('x is undefined')]])(
    'keeps an unforeseen error to itself and logs it: %s',
    async (thrown) => {
      const { status, body, app } = await call(event(), thrown);
      expect(status).toBe(500);
      expect(body).toEqual({ detail: expect.stringContaining(requestId) });
      expect(JSON.stringify(body)).not.toMatch(/10\.0\.0\.1|thrown|undefined/);
      expect(app.lines).toContainEqual(expect.objectContaining({ level: 'error', error: thrown }));
      expect([...app.counted]).toEqual([['things.failure.unknown', 1]]);
    },
  );

  it.each([
    ['broken JSON', event({ body: '{"version":' }), 400],
    ['no body', event({ body: '' }), 400],
    ['a body that is no object', event({ body: '[]' }), 400],
    ['a body that is not UTF-8', event({ body: Buffer.from('{"version":"\xff"}', 'latin1') }), 400],
    ['a missing field', event({ body: '{}' }), 400],
    ['another content type', event({ headers: { 'Content-Type': 'text/xml' } }), 415],
    ['a large body', event({ body: `{"version":"${'x'.repeat(1_000)}"}` }), 413],
    ['an unknown compression', event({ headers: { 'Content-Encoding': 'br' } }), 415],
    [
      'a broken compression',
      event({ headers: { 'Content-Encoding': 'gzip' }, body: Buffer.from([0x1f, 0x8b, 1]) }),
      415,
    ],
    [
      'a compressed body that is large unpacked',
      event({ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(`{"version":"${'x'.repeat(100_000)}"}`) }),
      413,
    ],
    ['a broken address', event({ pathParameters: { org: 'a%zz' } }), 400],
    ['two authorization headers', event({ headers: { Authorization: ['Bearer a', 'Bearer b'] } }), 401],
  ])('refuses %s', async (_, from, status) => {
    const answer = await call(from);
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.body as object)).toHaveLength(1);
  });

  it.each([
    ['base64', event({ body: Buffer.from('{"version":"é"}') })],
    ['gzip', event({ body: gzipSync('{"version":"1"}'), headers: { 'Content-Encoding': 'gzip' } })],
    ['gzip that the gateway unpacked already', event({ headers: { 'Content-Encoding': 'gzip' } })],
    ['a charset', event({ headers: { 'Content-Type': 'application/json; charset=utf-8' } })],
  ])('reads %s', async (_, from) => {
    expect((await call(from)).status).toBe(201);
  });

  it('asks who is calling before it looks at anything else', async () => {
    const unsigned = httpEvent({ resource: '/things/{org}', body: '{"broken' });
    expect((await call(unsigned)).status).toBe(401);
  });

  it('answers 503 shortly before its time is over', async () => {
    const app = await createTestApp();
    const never = doorThat(app, () => new Promise(() => {}));
    const answer = await never(event(), { ...lambdaContext(), getRemainingTimeInMillis: () => 501 });
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
  });

  it('is an opaque 500 when it cannot start', async () => {
    const broken = httpDoor<TestApp, void, z.ZodObject, z.ZodObject, z.ZodType>(
      {
        name: 'broken',
        authenticate: async () => {},
        path: z.object({}),
        query: z.object({}),
        body: { read: jsonBody, schema: z.unknown() },
        handle: async () => ({ status: 200 }),
      },
      async () => {
        throw new Error('the secret is missing');
      },
    );
    const answer = await broken(event(), lambdaContext());
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
  });
});
