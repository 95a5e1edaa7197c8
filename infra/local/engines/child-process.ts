import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A server program that we started; `close` ends it and waits for its end. */
export interface ServerProcess {
  readonly port: number;
  close(): Promise<void>;
}

/** Says how to start a server program that cannot choose a free port by itself. */
export interface ServerProgram {
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  /** Milliseconds until the port must accept connections. */
  readonly startTimeoutMs?: number;
}

/**
 * Starts `program` on a free loopback port and resolves when it accepts connections.
 * Another process may take the port between choosing and listening, so it tries three times.
 * @throws Error with the program's own output when it does not come up.
 */
export async function startServerProcess(program: ServerProgram): Promise<ServerProcess> {
  let failure: unknown;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      return await startOn(await freePort(), program);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** A loopback TCP port that nobody listened on a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no TCP port');
  return address.port;
}

/**
 * Runs "$@" until it ends or until our end of the pipe on standard input closes, which happens also when this process is
 * killed without a chance to clean up.
 */
const untilInputEnds = `
exec 3<&0
"$@" </dev/null & program=$!
{ cat <&3 >/dev/null; kill "$program"; } 2>/dev/null & watcher=$!
wait "$program"; status=$?
kill "$watcher" 2>/dev/null
exit "$status"
`;

async function startOn(port: number, program: ServerProgram): Promise<ServerProcess> {
  // In a process group of its own: Ctrl-C is for us, who end it when nobody needs it any more.
  const child = spawn('sh', ['-c', untilInputEnds, 'sh', program.command, ...program.args(port)], { detached: true });
  child.stdin.on('error', () => {});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-4_000);
    });
  }
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`${program.command} ended (${signal ?? code}) before it listened on ${port}:\n${output}`));
    });
  });
  const listening = untilConnectable(port, Date.now() + (program.startTimeoutMs ?? 10_000));
  try {
    await Promise.race([listening, ended]);
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    ended.catch(() => {});
    listening.catch(() => {});
  }
  return { port, close: () => stop(child) };
}

async function untilConnectable(port: number, deadlineMs: number): Promise<void> {
  for (;;) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
      socket.once('connect', () => socket.end());
    });
    if (connected) return;
    if (Date.now() > deadlineMs) throw new Error(`nothing listened on port ${port} in time`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin.end();
  await ended;
}
