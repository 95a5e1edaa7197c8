import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type ChainableCommander, Redis } from 'ioredis';
import { startServerProcess } from './child-process.ts';

type Command = readonly (string | number)[];
type Reply = { result: unknown } | { error: string };

/** A Redis that runs commands as arrays of words. */
export interface RedisBackend {
  readonly engine: 'redis-server' | 'REDIS_URL' | 'ioredis-mock';
  command(command: Command): Promise<Reply>;
  pipeline(commands: readonly Command[]): Promise<Reply[]>;
  /** MULTI … EXEC; one refused command discards all of them. */
  transaction(commands: readonly Command[]): Promise<Reply[] | { error: string }>;
  close(): Promise<void>;
}

/**
 * Connects to `REDIS_URL` when it is set, else starts the `redis-server` on the path, else falls back to an
 * in-process imitation, which `say` announces loudly: what it cannot do is not tested then.
 */
export async function startRedis(options: { dataDir?: string; say: (line: string) => void }): Promise<RedisBackend> {
  const url = process.env['REDIS_URL'];
  if (url) {
    options.say('Redis: the server that REDIS_URL names');
    return backend('REDIS_URL', new Redis(url));
  }
  if (spawnSync('redis-server', ['--version']).status === 0) {
    if (options.dataDir !== undefined) mkdirSync(options.dataDir, { recursive: true });
    const persistence = options.dataDir === undefined ? [] : ['--dir', options.dataDir, '--appendonly', 'yes'];
    const server = await startServerProcess({
      command: 'redis-server',
      args: (port) => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...persistence],
    });
    options.say(`Redis: a real redis-server on port ${server.port}`);
    return backend('redis-server', new Redis(server.port, '127.0.0.1'), server.close);
  }
  options.say('************************************************************************');
  options.say('Redis: NO redis-server on the path. An in-process imitation (ioredis-mock)');
  options.say('stands in: good enough to look around, not the real thing. To use the real');
  options.say('one, install redis-server (Debian: apt-get install redis-server) or set REDIS_URL.');
  options.say('************************************************************************');
  const { default: RedisMock } = await import('ioredis-mock');
  return backend('ioredis-mock', new RedisMock());
}

function backend(engine: RedisBackend['engine'], redis: Redis, stopServer?: () => Promise<void>): RedisBackend {
  // Commands fail for themselves while the server is away; without a listener the event would end up on the terminal.
  redis.on('error', () => {});
  const send = engine === 'ioredis-mock' ? callMethod : callCommand;
  const run = async (command: Command): Promise<Reply> => {
    try {
      return { result: await send(redis, command) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  };
  return {
    engine,
    command: run,
    pipeline: (commands) => Promise.all(commands.map(run)),
    async transaction(commands) {
      try {
        const multi = redis.multi();
        for (const command of commands) await send(multi, command);
        const replies = (await multi.exec()) ?? [];
        return replies.map(([error, result]) => (error ? { error: error.message } : { result }));
      } catch (error) {
        return { error: messageOf(error) };
      }
    },
    async close() {
      redis.disconnect();
      await stopServer?.();
    },
  };
}

/** Commands of a connection, or those that a transaction gathers. */
type Receiver = Pick<Redis, 'call'> | Pick<ChainableCommander, 'call'>;

async function callCommand(receiver: Receiver, [name = '', ...args]: Command): Promise<unknown> {
  const sent = receiver.call(String(name), ...args.map(String));
  // What gathers commands returns itself, and awaiting it would send them.
  return sent instanceof Promise ? await sent : undefined;
}

/** The imitation has a method for each command it knows, and no way to send one by name. */
async function callMethod(receiver: object, command: Command): Promise<unknown> {
  const [name = '', ...args] = upperCaseOptions(command);
  const method: unknown = Reflect.get(receiver, name.toLowerCase());
  if (typeof method !== 'function') throw new Error(`ERR unknown command '${name}'`);
  const sent: unknown = Reflect.apply(method, receiver, args);
  return sent instanceof Promise ? await sent : undefined;
}

/** The imitation takes option words (`NX`, `EX`, …) in upper case only, and clients send them in lower case. */
function upperCaseOptions(command: Command): string[] {
  const options = new Set(['nx', 'xx', 'ex', 'px', 'exat', 'pxat', 'keepttl', 'get', 'match', 'count', 'withscores']);
  return command.map((word, index) => {
    const text = String(word);
    return index > 0 && options.has(text) ? text.toUpperCase() : text;
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
