import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';

/** Runs `npm start` without npm, in a process group of its own. */
function start(...args: string[]): ChildProcess & { stdout: Readable; stderr: Readable } {
  return spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** Whether anybody of the process group is left to get a signal. */
function groupLives({ pid = 0 }: ChildProcess): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

describe('npm start', () => {
  test('--help names every option and shows examples', async () => {
    const help = await text(start('--help').stdout);
    for (const option of ['--port', '--data', '--quiet', '--real-waits', 'npm start -- --port 0']) {
      expect(help).toContain(option);
    }
  });

  test.for([
    [['--port', '70000'], /A port is a number from 0 to 65535/],
    [['--port', 'x'], /A port is a number from 0 to 65535/],
    [['--prot', '1'], /Did you mean --port/],
  ] as const)('%s is refused in one sentence', async ([args, message]) => {
    const child = start(...args);
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect([code, errors]).toEqual([1, expect.stringMatching(message)]);
    expect(errors).not.toContain('    at ');
  });

  test('a port in use is named, with what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const child = start('--port', port);
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect([code, errors]).toEqual([1, expect.stringMatching(`^Port ${port} is in use.*--port 0 for any free one`)]);
    expect(errors).not.toContain('    at ');
    other.close();
  });

  // Synthesizing and bundling, which nothing interrupts, take their time on a busy machine.
  test.for(['SIGINT', 'SIGTERM'] as const)(
    '%s during the start leaves no process behind',
    { timeout: 120_000 },
    async (signal) => {
      const child = start('--port', '0');
      await once(child.stdout, 'data');
      child.kill(signal);
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
      // esbuild's own process ends when it sees that its parent is gone: a moment later, and by itself.
      while (groupLives(child)) await new Promise(setImmediate);
    },
  );
});
