import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startServerProcess } from './child-process.ts';

/** A server program of one line, on the Node that runs this test. */
const program = {
  command: process.execPath,
  args: (port: number) => ['-e', `require('node:net').createServer().listen(${port}, '127.0.0.1')`],
};

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false));
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
  });
}

describe('a server process', () => {
  it('accepts connections when it is started, and none when it is closed', async () => {
    const server = await startServerProcess(program);
    expect(await accepts(server.port)).toBe(true);
    await server.close();
    expect(await accepts(server.port)).toBe(false);
  });

  it('that ends by itself is an error with its own words', async () => {
    const broken = { command: process.execPath, args: () => ['-e', 'console.error("no disk"); process.exit(3)'] };
    await expect(startServerProcess(broken)).rejects.toThrow(/no disk/);
  });

  it('that does not exist is an error', async () => {
    await expect(startServerProcess({ command: '/nowhere/server', args: () => [] })).rejects.toThrow(/nowhere/);
  });

  it('does not outlive whoever started it, even when that is killed', async () => {
    const script = `
      import { startServerProcess } from ${JSON.stringify(new URL('./child-process.ts', import.meta.url).href)};
      const server = await startServerProcess({ command: process.execPath, args: ${program.args.toString()} });
      console.log(server.port);
      setInterval(() => {}, 1_000);
    `;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [line] = (await once(owner.stdout, 'data')) as [Buffer];
    const port = Number(line.toString());
    expect(await accepts(port)).toBe(true);
    owner.kill('SIGKILL');
    // Its end is no event of ours: the port is asked until nobody answers (the test's own time limit is the bound).
    while (await accepts(port)) await setImmediate();
  });
});
