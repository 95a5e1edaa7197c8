import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type RedisBackend, startRedis } from './redis.ts';

/** A server that speaks Upstash's REST protocol over a Redis on this machine. */
export interface UpstashEngine {
  readonly url: string;
  /** What stands behind it: `redis-server`, `REDIS_URL` or `ioredis-mock`. */
  readonly engine: RedisBackend['engine'];
  close(): Promise<void>;
}

type Reply = { result: unknown } | { error: string };

/**
 * Starts the REST endpoint (`POST /`, `/pipeline`, `/multi-exec`, bearer token, base64 answers on request)
 * over the best Redis there is; `say` is told which one.
 */
export async function startUpstash(options: {
  token: string;
  dataDir?: string;
  say: (line: string) => void;
}): Promise<UpstashEngine> {
  const redis = await startRedis(options);
  const server = createServer((request, response) => {
    answer(request, response, redis, options.token).catch((error: unknown) => {
      send(response, 500, { error: String(error) });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the REST endpoint got no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    engine: redis.engine,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await redis.close();
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, redis: RedisBackend, token: string) {
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString('utf8');
  if (!authorized(request.headers.authorization, token)) {
    return send(response, 401, { error: 'Unauthorized' });
  }
  let commands: unknown;
  try {
    commands = JSON.parse(body);
  } catch {
    return send(response, 400, { error: 'ERR failed to parse the body as JSON' });
  }
  const encode = request.headers['upstash-encoding'] === 'base64' ? toBase64 : (value: unknown) => value;
  const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '');
  if (path === '') {
    if (!isCommand(commands)) return send(response, 400, { error: 'ERR a command is a non-empty JSON array' });
    const reply = await redis.command(commands);
    return send(response, 'error' in reply ? 400 : 200, encodeReply(reply, encode));
  }
  if (path !== '/pipeline' && path !== '/multi-exec') return send(response, 404, { error: 'ERR no such path' });
  if (!Array.isArray(commands) || !commands.every(isCommand)) {
    return send(response, 400, { error: 'ERR a pipeline is a JSON array of commands' });
  }
  const replies = path === '/pipeline' ? await redis.pipeline(commands) : await redis.transaction(commands);
  if (!Array.isArray(replies)) return send(response, 400, replies);
  send(
    response,
    200,
    replies.map((reply) => encodeReply(reply, encode)),
  );
}

function authorized(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isCommand(value: unknown): value is (string | number)[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => typeof part === 'string' || typeof part === 'number')
  );
}

function encodeReply(reply: Reply, encode: (value: unknown) => unknown): Reply {
  return 'error' in reply ? reply : { result: encode(reply.result) };
}

/** Upstash encodes every string of an answer but the status `OK`; numbers and null stay as they are. */
function toBase64(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toBase64);
  if (typeof value === 'string' && value !== 'OK') return Buffer.from(value).toString('base64');
  return value;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
