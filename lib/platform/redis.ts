import { Redis as UpstashRedis } from '@upstash/redis';
import { UnavailableError } from './errors.ts';

/** The one thing that we ask of Redis: run a Lua script, which is atomic and one round trip. */
export interface Redis {
  /** @throws UnavailableError when Redis does not answer in time. */
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
}

/** Longer than any healthy answer, shorter than the patience of those who wait for ours. */
const usualTimeoutMs = 2_000;

/** Redis over Upstash's REST API. Answers are not parsed as JSON, which would round large numbers (redis-js #37, #662). */
export function upstashRedis(options: {
  url: string;
  token: string;
  /** For each try. */
  timeoutMs?: number;
  retries?: number;
}): Redis {
  const { timeoutMs = usualTimeoutMs, retries = 2 } = options;
  const client = new UpstashRedis({
    url: options.url,
    token: options.token,
    automaticDeserialization: false,
    enableTelemetry: false,
    retry: { retries, backoff: (attempt) => 50 * 2 ** attempt },
    signal: () => AbortSignal.timeout(timeoutMs),
  });
  return {
    async run(script, keys, args) {
      try {
        return await client.eval(script, [...keys], args.map(String));
      } catch (cause) {
        throw new UnavailableError('Redis cannot be reached. Please try again in a moment.', 1, { cause });
      }
    },
  };
}
