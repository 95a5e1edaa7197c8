import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { closePools, makePool, parsed } from '../testing/fixture-pool.ts';
import type { Outcome } from './outcome.ts';

afterEach(closePools);

/** A place where functions report to and wait at: each request is held until `release`. */
async function meetingPoint() {
  const held: (() => void)[] = [];
  let arrived: () => void = () => {};
  const server = createServer((_request, response) => {
    held.push(() => response.end());
    arrived();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async count(wanted: number) {
      while (held.length < wanted) await new Promise<void>((resolve) => (arrived = resolve));
    },
    get size() {
      return held.length;
    },
    release: () => held.shift()?.(),
    close: () => server.close(),
  };
}

describe('a worker pool', () => {
  test('starts nothing before the first event, and uses the same process again', async () => {
    const work = await makePool(
      'let calls = 0; export const handler = async () => ({ pid: process.pid, calls: ++calls });',
    );
    expect(work.pids()).toEqual([]);
    const first = parsed(await work.invoke('{}'));
    expect(work.pids()).toEqual([first['pid']]);
    expect(parsed(await work.invoke('{}'))).toEqual({ pid: first['pid'], calls: 2 });
  });

  test('gives the process nothing but the template’s variables and what Lambda sets', async () => {
    process.env['POSTFLOW_TEST_LEAK'] = 'leaked';
    const work = await makePool('export const handler = async () => process.env;', {
      Environment: { Variables: { TABLE_NAME: 't' } },
    });
    const environment = parsed(await work.invoke('{}'));
    delete process.env['POSTFLOW_TEST_LEAK'];
    expect(new Set(Object.keys(environment))).toEqual(
      new Set([
        'AWS_ACCESS_KEY_ID',
        'AWS_DEFAULT_REGION',
        'AWS_ENDPOINT_URL_DYNAMODB',
        'AWS_ENDPOINT_URL_SECRETS_MANAGER',
        'AWS_ENDPOINT_URL_SQS',
        'AWS_EXECUTION_ENV',
        'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
        'AWS_LAMBDA_FUNCTION_NAME',
        'AWS_LAMBDA_FUNCTION_VERSION',
        'AWS_LAMBDA_INITIALIZATION_TYPE',
        'AWS_LAMBDA_LOG_FORMAT',
        'AWS_LAMBDA_LOG_GROUP_NAME',
        'AWS_LAMBDA_LOG_STREAM_NAME',
        'AWS_REGION',
        'AWS_SECRET_ACCESS_KEY',
        'AWS_SESSION_TOKEN',
        'AWS_XRAY_CONTEXT_MISSING',
        'AWS_XRAY_DAEMON_ADDRESS',
        'LAMBDA_TASK_ROOT',
        'LANG',
        'PATH',
        'TABLE_NAME',
        'TZ',
        '_HANDLER',
        '_X_AMZN_TRACE_ID',
      ]),
    );
    expect(environment).toMatchObject({ TABLE_NAME: 't', AWS_LAMBDA_FUNCTION_NAME: 'Work', _HANDLER: 'index.handler' });
  });

  test('hands over the event and a context', async () => {
    const work = await makePool(
      `export const handler = async (event, context) => ({ event, ...context, left: context.getRemainingTimeInMillis() });`,
      { Timeout: 7, MemorySize: 256 },
    );
    const seen = parsed(await work.invoke('{"a":1}', 'request-1'));
    expect(seen).toMatchObject({
      event: { a: 1 },
      awsRequestId: 'request-1',
      functionName: 'Work',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:0:function:Work',
    });
    expect(seen['left']).toBeGreaterThan(5_000);
    expect(seen['left']).toBeLessThanOrEqual(7_000);
  });

  test('collects the lines of each event, the last one without a line end too', async () => {
    const work = await makePool(`
      console.log('loading');
      export const handler = async ({ n }) => { console.log('out', n); console.error('err', n); process.stdout.write('rest ' + n); };`);
    const first = await work.invoke('{"n":1}', 'one');
    const own = (outcome: Outcome) => outcome.logs.filter((line) => !/^(START|END|REPORT) /.test(line)).sort();
    expect(own(first)).toEqual(['err 1', 'loading', 'out 1', 'rest 1']);
    expect(first.payload).toBe('null');
    const second = await work.invoke('{"n":2}', 'two');
    expect(own(second)).toEqual(['err 2', 'out 2', 'rest 2']);
    expect(second.logs[0]).toBe('START RequestId: two Version: $LATEST');
    expect(second.logs.at(-1)).toMatch(/^REPORT RequestId: two\tDuration: [\d.]+ ms\t.*Memory Size: 128 MB$/);
  });

  test('gives every event a process of its own up to the limit, then lets events wait', async () => {
    const place = await meetingPoint();
    const work = await makePool(
      `export const handler = async () => { await fetch('${place.url}'); return process.pid; };`,
      {
        ReservedConcurrentExecutions: 2,
        Timeout: 20,
      },
    );
    const outcomes = [work.invoke('{}'), work.invoke('{}'), work.invoke('{}')];
    await place.count(2);
    expect([place.size, work.pids().length]).toEqual([2, 2]);
    place.release();
    await Promise.race(outcomes);
    await place.count(2);
    place.release();
    place.release();
    const pids = (await Promise.all(outcomes)).map(({ payload }) => payload);
    expect(new Set(pids).size).toBe(2);
    place.close();
  });

  test('limits the heap to the function’s memory', async () => {
    const work = await makePool(
      `import v8 from 'node:v8'; export const handler = async () => v8.getHeapStatistics().heap_size_limit / 1_048_576;`,
      { MemorySize: 256 },
    );
    const limit = Number((await work.invoke('{}')).payload);
    expect(limit).toBeGreaterThanOrEqual(256);
    // The young generation comes on top.
    expect(limit).toBeLessThan(512);
  });
});
