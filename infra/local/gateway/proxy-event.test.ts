import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { api, request, send } from '../testing/fixture-gateway.ts';
import { createGateway } from './gateway.ts';

describe('the event', () => {
  test('has the whole shape of a REST API proxy event', async () => {
    const { event } = await send();
    expect(event).toEqual({
      resource: '/things/{thing}',
      path: '/things/a%20b/',
      httpMethod: 'POST',
      headers: {
        Host: 'api.example:3000',
        'Content-Type': 'text/plain',
        'X-Twice': 'two',
        'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'X-Forwarded-For': '203.0.113.9',
        'X-Forwarded-Port': '443',
        'X-Forwarded-Proto': 'https',
      },
      multiValueHeaders: expect.objectContaining({ 'X-Twice': ['one', 'two'], Host: ['api.example:3000'] }),
      queryStringParameters: { q: 'two words', r: 'é' },
      multiValueQueryStringParameters: { q: ['1', 'two words'], r: ['é'] },
      pathParameters: { thing: 'a%20b' },
      stageVariables: null,
      requestContext: {
        resourceId: 'r1',
        resourcePath: '/things/{thing}',
        httpMethod: 'POST',
        extendedRequestId: expect.any(String),
        requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        path: '/things/a%20b/',
        accountId: '000000000000',
        protocol: 'HTTP/1.1',
        stage: 'live',
        domainPrefix: 'api',
        requestTimeEpoch: expect.any(Number),
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: '203.0.113.9',
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: null,
          user: null,
        },
        domainName: 'api.example:3000',
        deploymentId: 'local',
        apiId: 'abc0000000',
      },
      body: 'héy',
      isBase64Encoded: false,
    });
  });

  test('says null for an empty body and query', async () => {
    const { event } = await send({ body: Buffer.alloc(0), rawQuery: '' });
    expect(event).toMatchObject({ body: null, queryStringParameters: null, multiValueQueryStringParameters: null });
  });

  test('carries a binary type as base64', async () => {
    const body = Buffer.from([0, 255, 128]);
    const { event } = await send({ headers: [['content-type', 'application/octet-stream; x=y']], body });
    expect(event).toMatchObject({ body: 'AP+A', isBase64Encoded: true });
  });

  test('carries bytes of any other type as text, whatever becomes of them', async () => {
    const { event } = await send({ headers: [['content-type', 'text/plain']], body: Buffer.from([0x61, 0xff]) });
    expect(event).toMatchObject({ body: 'a\uFFFD', isBase64Encoded: false });
  });

  test('holds the unpacked body of a compressed request', async () => {
    const headers = [['Content-Encoding', 'gzip']] as const;
    const { event } = await send({ headers, body: gzipSync('plain') });
    expect(event).toMatchObject({ body: 'plain' });
    expect(event?.['headers']).not.toHaveProperty('Content-Encoding');
  });

  test('holds a packed body as it came where the API unpacks nothing', async () => {
    const headers = [
      ['Content-Encoding', 'gzip'],
      ['Content-Type', 'image/png'],
    ] as const;
    const { minimumCompressionSize: _, ...without } = api;
    const seen: string[] = [];
    const gateway = createGateway({
      api: without,
      accountId: '0',
      async invoke(_name, payload) {
        seen.push(payload);
        return { requestId: 'i', payload: '{"statusCode":200}', failed: false, logs: [] };
      },
    });
    const packed = gzipSync('plain');
    await gateway({ ...request, headers, body: packed });
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({
      body: packed.toString('base64'),
      headers: { 'Content-Encoding': 'gzip' },
    });
  });
});
