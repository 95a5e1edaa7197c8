import { type Clock, epochSeconds } from './clock.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Redis } from './redis.ts';

/** Counts what comes in a minute, for whoever it is. */
export interface RateLimit {
  /** Counts `amount` for `who`. Gives the seconds after which to come again when it was too much; then nothing was counted. */
  take(who: string, amount: number): Promise<number | undefined>;
}

/** What a limit is made of. */
export interface RateLimitOptions {
  readonly redis: Redis;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Zero means no limit. */
  readonly perMinute: number;
}

const windowSeconds = 60;
/** Whoever sends should not wait for a limit each time while Redis does not answer. */
const restMs = 10_000;

/**
 * KEYS[1]  counter of one minute
 * ARGV     how many come, how many may, life of the counter in seconds
 * Returns  'taken' or 'full'
 *
 * What comes first in a minute is taken even when it is more than may come, or nobody could ever send it. A counter gets its
 * expiry together with its first number, so none can be left behind without one.
 */
const takeFromMinute = `
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
if used > 0 and used + tonumber(ARGV[1]) > tonumber(ARGV[2]) then return 'full' end
redis.call('INCRBY', KEYS[1], ARGV[1])
if used == 0 then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
return 'taken'
`;

/**
 * A limit whose counters stand in Redis, so that any number of processes share it: one round trip each time. When Redis is away
 * everything is let in, and Redis left alone for ten seconds: a limit protects from too much and is not worth losing points for.
 */
export function rateLimit({ redis, clock, log, metrics, perMinute }: RateLimitOptions): RateLimit {
  let awayUntil = 0;
  return {
    async take(who, amount) {
      if (perMinute === 0 || clock.now() < awayUntil) return undefined;
      const now = epochSeconds(clock);
      const minute = Math.floor(now / windowSeconds);
      try {
        const key = `rate:${who}:${minute}`;
        const answer = await redis.run(takeFromMinute, [key], [amount, perMinute, 2 * windowSeconds]);
        return answer === 'full' ? (minute + 1) * windowSeconds - now : undefined;
      } catch (error) {
        awayUntil = clock.now() + restMs;
        log.warn('nobody is limited for ten seconds: Redis does not answer', { reason: String(error) });
        metrics.count('rate_limit.unavailable');
        return undefined;
      }
    },
  };
}
