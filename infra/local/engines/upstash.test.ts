import { Redis } from '@upstash/redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upstashRedis } from '../../../lib/platform/redis.ts';
import { snowflakeIds } from '../../../lib/platform/snowflake.ts';
import { startUpstash, type UpstashEngine } from './upstash.ts';

const token = 'a token of this test';

/** Both engines that may stand behind the endpoint must do what the product asks of Redis. */
const engines = [
  { name: 'the best Redis there is', path: process.env['PATH'] ?? '' },
  { name: 'the imitation', path: '/nowhere' },
];

describe.each(engines)('the REST endpoint over $name', ({ name, path }) => {
  let upstash: UpstashEngine;
  let redis: Redis;
  const said: string[] = [];

  beforeAll(async () => {
    const before = { path: process.env['PATH'], url: process.env['REDIS_URL'] };
    process.env['PATH'] = path;
    if (name === 'the imitation') delete process.env['REDIS_URL'];
    try {
      upstash = await startUpstash({ token, say: (line) => said.push(line) });
    } finally {
      process.env['PATH'] = before.path;
      if (before.url !== undefined) process.env['REDIS_URL'] = before.url;
    }
    redis = new Redis({ url: upstash.url, token, automaticDeserialization: false, enableTelemetry: false });
  });
  afterAll(() => upstash.close());

  const key = (suffix: string) => `upstash-test:${process.pid}:${suffix}`;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${upstash.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('says what it is', () => {
    expect(said.join('\n')).toMatch(upstash.engine === 'ioredis-mock' ? /NO redis-server/ : /redis|REDIS_URL/);
    if (name === 'the imitation') expect(upstash.engine).toBe('ioredis-mock');
  });

  it('keeps large numbers exact', async () => {
    await redis.set(key('large'), '9007199254740993');
    expect(await redis.get(key('large'))).toBe('9007199254740993');
  });

  it('understands option words in lower case, as the client sends them', async () => {
    expect(await redis.set(key('nx'), '1', { nx: true, ex: 100 })).toBe('OK');
    expect(await redis.set(key('nx'), '2', { nx: true, ex: 100 })).toBeNull();
    expect(await redis.get(key('nx'))).toBe('1');
    expect(await redis.ttl(key('nx'))).toBeGreaterThan(0);
  });

  it('runs a script in one piece', async () => {
    const script =
      "redis.call('INCRBY', KEYS[1], ARGV[1]); redis.call('EXPIRE', KEYS[1], 300); return {redis.call('GET', KEYS[1]), 7, 'x'}";
    expect(await redis.eval(script, [key('script')], ['5'])).toEqual(['5', 7, 'x']);
    expect(await redis.ttl(key('script'))).toBeGreaterThan(0);
  });

  it("gives out the product's IDs", async () => {
    const clock = { now: () => Date.parse('2024-08-12T14:55:09Z') };
    const isolated = upstashRedis({ url: upstash.url, token });
    const ids = snowflakeIds({
      clock,
      redis: { run: (script, keys, args) => isolated.run(script, keys.map(key), args) },
    });
    const taken = await ids.takeMany('project', 20);
    expect(taken.slice(0, 2)).toEqual(['4507764945387520', '4507764945387521']);
    expect(new Set(taken).size).toBe(20);
  });

  it('pipelines, and transacts', async () => {
    expect(await redis.pipeline().incr(key('n')).get(key('none')).incr(key('n')).exec()).toEqual([1, null, 2]);
    expect(await redis.multi().incr(key('n')).incr(key('n')).exec()).toEqual([3, 4]);
  });

  it('answers in base64 when asked', async () => {
    await redis.set(key('text'), 'grün');
    const answer = await post('/', ['GET', key('text')], { 'upstash-encoding': 'base64' });
    expect(await answer.json()).toEqual({ result: Buffer.from('grün').toString('base64') });
    const plain = await post('/', ['GET', key('text')]);
    expect(await plain.json()).toEqual({ result: 'grün' });
  });

  it.each([
    ['no token', '/', ['GET', 'x'], { authorization: '' }, 401],
    ['another token', '/', ['GET', 'x'], { authorization: 'Bearer other' }, 401],
    ['broken JSON', '/', '[', {}, 400],
    ['no command', '/', [], {}, 400],
    ['an unknown command', '/', ['NOSUCHCOMMAND'], {}, 400],
    ['a pipeline that is none', '/pipeline', ['GET', 'x'], {}, 400],
    ['an unknown path', '/nowhere', [], {}, 404],
  ])('refuses %s', async (_, path, body, headers, status) => {
    const answer = await post(path, body, headers);
    expect({ status: answer.status, body: await answer.json() }).toEqual({
      status,
      body: { error: expect.any(String) },
    });
  });
});
