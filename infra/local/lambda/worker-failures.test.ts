import { afterEach, describe, expect, test } from 'vitest';
import { closePools, makePool, parsed } from '../testing/fixture-pool.ts';

afterEach(closePools);

describe('a worker pool whose function fails', () => {
  test('describes an error that the handler throws, and keeps the process', async () => {
    const work = await makePool(`
      export const handler = async ({ bad }) => { if (bad) throw new RangeError('too far'); return process.pid; };`);
    const outcome = await work.invoke('{"bad":true}');
    expect(outcome.failed).toBe(true);
    expect(parsed(outcome)).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'too far',
      trace: expect.arrayContaining(['RangeError: too far']),
    });
    expect(await work.invoke('{}')).toMatchObject({ failed: false, payload: String(work.pids()[0]) });
  });

  test('describes a module that cannot be loaded', async () => {
    const work = await makePool(`throw new TypeError('broken'); export const handler = 1;`);
    const outcome = await work.invoke('{}');
    expect([outcome.failed, parsed(outcome)]).toMatchObject([true, { errorType: 'TypeError', errorMessage: 'broken' }]);
    expect(work.pids()).toEqual([]);
  });

  test('ends a process that takes longer than the timeout, in Lambda’s words', async () => {
    const work = await makePool(
      'export const handler = async ({ hang }) => hang ? new Promise(() => setInterval(() => {}, 99)) : 1;',
      {
        Timeout: 1,
      },
    );
    const outcome = await work.invoke('{"hang":true}', 'late');
    expect([outcome.failed, parsed(outcome)]).toEqual([
      true,
      { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: late Error: Task timed out after 1.00 seconds' },
    ]);
    expect(work.pids()).toEqual([]);
    expect(await work.invoke('{}')).toMatchObject({ failed: false, payload: '1' });
  });

  test.for([
    ['process.exit(3)', 'Runtime exited with error: exit status 3'],
    ['process.exit(0)', 'Runtime exited without providing a reason'],
    [
      'process.kill(process.pid, "SIGKILL"); await new Promise(() => setInterval(() => {}, 99))',
      'Runtime exited with error: signal: killed',
    ],
  ] as const)('survives %s', async ([code, message]) => {
    const work = await makePool(`export const handler = async ({ die }) => { if (die) { ${code} } return 'fine'; };`);
    const outcome = await work.invoke('{"die":true}', 'x');
    expect([outcome.failed, parsed(outcome)]).toEqual([
      true,
      { errorType: 'Runtime.ExitError', errorMessage: `RequestId: x Error: ${message}` },
    ]);
    expect(await work.invoke('{}')).toMatchObject({ failed: false, payload: '"fine"' });
  });

  test('replaces a process that was killed while idle', async () => {
    const work = await makePool('export const handler = async () => process.pid;');
    await work.invoke('{}');
    const [pid = 0] = work.pids();
    process.kill(pid, 'SIGKILL');
    while (work.pids().length > 0) await new Promise(setImmediate);
    const outcome = await work.invoke('{}');
    expect(outcome.failed).toBe(false);
    expect(outcome.payload).not.toBe(String(pid));
  });

  test('refuses an answer above Lambda’s limit', async () => {
    const work = await makePool(`export const handler = async () => 'x'.repeat(6_291_556);`);
    expect(parsed(await work.invoke('{}'))).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  test('fails events that come after its end', async () => {
    const work = await makePool('export const handler = async () => 1;');
    await work.close(0);
    expect(await work.invoke('{}')).toMatchObject({ failed: true });
  });
});
