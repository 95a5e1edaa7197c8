import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressRefusedError, postOutside, publicInternet } from './post-outside.ts';

const request = (url: string) => ({ url, headers: { 'x-one': '1' }, body: '{"a":"ä"}', timeoutMs: 2_000 });
const onThisMachine = { mayCall: () => true, mayConnect: (address: string) => address === '127.0.0.1' };

describe('an address of somebody else', () => {
  let server: Server;
  let port = 0;
  let answer: { status: number; headers?: Record<string, string> } | undefined;
  const received: { method: string | undefined; url: string | undefined; header: unknown; body: string }[] = [];
  beforeEach(async () => {
    answer = { status: 204 };
    received.length = 0;
    server = createServer(async (incoming, response) => {
      const { method, url, headers } = incoming;
      const chunks = await Array.fromAsync(incoming as AsyncIterable<Buffer>);
      received.push({ method, url, header: headers['x-one'], body: Buffer.concat(chunks).toString() });
      if (answer !== undefined) response.writeHead(answer.status, answer.headers).end('much text');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('gets the body with the headers, and its status comes back', async () => {
    answer = { status: 429, headers: { 'retry-after': '7' } };
    expect(await postOutside(onThisMachine)(request(`http://localhost:${port}/hook?x=1`))).toEqual({
      status: 429,
      retryAfterSeconds: 7,
    });
    expect(received).toEqual([{ method: 'POST', url: '/hook?x=1', header: '1', body: '{"a":"ä"}' }]);
  });

  it('that leads elsewhere is not followed', async () => {
    answer = { status: 302, headers: { location: `http://127.0.0.1:${port}/elsewhere` } };
    expect(await postOutside(onThisMachine)(request(`http://127.0.0.1:${port}/`))).toEqual({ status: 302 });
    expect(received).toHaveLength(1);
  });

  it('that never answers is given up', async () => {
    answer = undefined;
    const hurried = { ...request(`http://127.0.0.1:${port}/`), timeoutMs: 50 };
    await expect(postOutside(onThisMachine)(hurried)).rejects.toThrow(/abort|timeout/iu);
  });

  it('whose name leads into a network of our own gets nothing', async () => {
    const carelessly = { ...publicInternet, mayCall: () => true };
    await expect(postOutside(carelessly)(request(`http://localhost:${port}/`))).rejects.toThrow(AddressRefusedError);
    expect(received).toEqual([]);
  });

  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
    'written as %s gets nothing',
    async (host) => {
      const carelessly = { ...publicInternet, mayCall: () => true };
      await expect(postOutside(carelessly)(request(`http://${host}:${port}/`))).rejects.toThrow(AddressRefusedError);
      expect(received).toEqual([]);
    },
  );

  it.each([
    'http://example.com/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://169.254.169.254/',
    'https://a.internal/',
  ])('%s is not called at all', async (url) => {
    await expect(postOutside()(request(url))).rejects.toThrow(AddressRefusedError);
  });
});
