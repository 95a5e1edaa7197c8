import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { send } from '../testing/fixture-gateway.ts';
import { headerOf } from './gateway-answer.ts';

describe('the answer', () => {
  test('keeps status, headers and repeated headers', async () => {
    const { answer } = await send(
      {},
      {
        answer: {
          statusCode: 201,
          headers: { 'X-A': 1, 'x-b': 'single' },
          multiValueHeaders: { 'X-B': ['1', '2'] },
          body: 'é',
        },
      },
    );
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toEqual([
      ['X-A', '1'],
      ['X-B', '1'],
      ['X-B', '2'],
      ['Content-Type', 'application/json'],
      ['x-amzn-RequestId', expect.any(String)],
    ]);
    expect(answer.body.toString()).toBe('é');
  });

  test('renames the headers that API Gateway sets itself', async () => {
    const { answer } = await send({}, { answer: { statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' } } });
    expect(headerOf(answer.headers, 'x-amzn-remapped-www-authenticate')).toBe('Bearer');
  });

  test('is bytes again when the client accepts a binary type first', async () => {
    const given = { answer: { statusCode: 200, body: 'AP+A', isBase64Encoded: true } };
    const asBytes = await send({ headers: [['Accept', 'image/png,*/*']] }, given);
    expect([...asBytes.answer.body]).toEqual([0, 255, 128]);
    const asText = await send({ headers: [['Accept', '*/*']] }, given);
    expect(asText.text).toBe('AP+A');
  });

  test('is packed for a client that takes gzip, from the minimum size on', async () => {
    const headers = [['Accept-Encoding', 'gzip, br']] as const;
    const long = await send({ headers }, { answer: { statusCode: 200, body: 'x'.repeat(64) } });
    expect(headerOf(long.answer.headers, 'content-encoding')).toBe('gzip');
    expect(gunzipSync(long.answer.body).toString()).toBe('x'.repeat(64));
    const short = await send({ headers }, { answer: { statusCode: 200, body: 'x' } });
    expect(headerOf(short.answer.headers, 'content-encoding')).toBeUndefined();
  });
});

describe('answers of its own', () => {
  test.for<[string, Parameters<typeof send>, number, string]>([
    ['no such route', [{ rawPath: '/other' }], 403, '{"message":"Missing Authentication Token"}'],
    ['no such method', [{ method: 'GET' }], 403, '{"message":"Missing Authentication Token"}'],
    ['a body above 10 MB', [{ body: Buffer.alloc(10_485_761) }], 413, 'HTTP content length exceeded 10485760 bytes.'],
    ['an event above 6 MB', [{ body: Buffer.alloc(6_291_456, 'x') }], 413, '{"message":"Request Too Long"}'],
    ['an unknown encoding', [{ headers: [['Content-Encoding', 'br']] }], 415, '{"message":"Unsupported Media Type"}'],
    [
      'a bomb',
      [{ headers: [['Content-Encoding', 'gzip']], body: gzipSync(Buffer.alloc(11_000_000)) }],
      413,
      '{"message":"Request Too Long"}',
    ],
    ['a failed function', [{}, { outcome: { failed: true } }], 502, '{"message":"Internal server error"}'],
    ['an answer that is text', [{}, { answer: 'text' }], 502, '{"message":"Internal server error"}'],
    ['an answer without a status', [{}, { answer: { body: 'x' } }], 502, '{"message":"Internal server error"}'],
    [
      'an answer with an unknown key',
      [{}, { answer: { statusCode: 200, bodyy: 'x' } }],
      502,
      '{"message":"Internal server error"}',
    ],
    [
      'an answer whose body is an object',
      [{}, { answer: { statusCode: 200, body: {} } }],
      502,
      '{"message":"Internal server error"}',
    ],
    ['a function that takes too long', [{}, { never: true }], 504, '{"message":"Endpoint request timed out"}'],
  ])('%s', async ([, args, status, body]) => {
    const { answer, text } = await send(...args);
    expect([answer.statusCode, text]).toEqual([status, body]);
  });

  test('are worded by the template, for their type first and then for their class', async () => {
    const gatewayResponses = [
      {
        responseType: 'DEFAULT_4XX',
        statusCode: 418,
        headers: { 'X-Class': '4xx' },
        templates: {
          'application/json': '{"detail":$context.error.messageString,"type":"$context.error.responseType"}',
        },
      },
      {
        responseType: 'REQUEST_TOO_LARGE',
        headers: {},
        templates: { 'text/plain': 'too much: $context.error.message' },
      },
    ];
    const unknown = await send({ rawPath: '/other' }, { api: { gatewayResponses } });
    expect([unknown.answer.statusCode, unknown.text, headerOf(unknown.answer.headers, 'x-class')]).toEqual([
      418,
      '{"detail":"Missing Authentication Token","type":"MISSING_AUTHENTICATION_TOKEN"}',
      '4xx',
    ]);
    const large = await send({ body: Buffer.alloc(6_291_456, 'x') }, { api: { gatewayResponses } });
    expect([large.answer.statusCode, large.text]).toEqual([413, 'too much: Request Too Long']);
    expect(headerOf(large.answer.headers, 'content-type')).toBe('text/plain');
  });
});
