import * as z from 'zod';
import type { SendingApp, WireMessage } from '../../lib/metrics/index.ts';
import type { RefusalError } from '../../lib/platform/errors.ts';
import { sqsQueue } from '../../lib/platform/queue.ts';
import { randomText } from '../../lib/platform/random-text.ts';
import { rateLimit } from '../../lib/platform/rate-limit.ts';
import { upstashRedis } from '../../lib/platform/redis.ts';
import { fetchSecrets } from '../../lib/platform/secrets.ts';
import { openTable, type Table } from '../../lib/platform/table.ts';
import { retryHeaders } from './http-answer.ts';
import type { BaseApp } from './start-app.ts';

/** What a function reads of its environment that takes points in. */
export const ingestSettings = z.object({
  TABLE_NAME: z.string(),
  POINTS_QUEUE_URL: z.url(),
  SECRET_ID: z.string(),
  UPSTASH_REDIS_REST_URL: z.url(),
  POINTS_PER_MINUTE: z.coerce.number().int().nonnegative(),
});

/** The app of a function that takes points in. */
export type IngestApp = BaseApp & SendingApp & { readonly table: Table };

/** Shorter than for IDs, without which nothing goes on: here somebody only waits to be let in. */
const limitPatience = { timeoutMs: 300, retries: 0 };

/** The parts of its app that follow from these settings. */
export async function ingestParts(
  config: z.infer<typeof ingestSettings>,
  base: BaseApp,
): Promise<Omit<IngestApp, keyof BaseApp>> {
  const { upstashToken: token } = await fetchSecrets(config.SECRET_ID);
  const redis = upstashRedis({ url: config.UPSTASH_REDIS_REST_URL, token, ...limitPatience });
  return {
    table: openTable(config.TABLE_NAME),
    points: sqsQueue<WireMessage>(config.POINTS_QUEUE_URL),
    pointLimit: rateLimit({ ...base, redis, perMinute: config.POINTS_PER_MINUTE }),
    randomText,
  };
}

/** What SDKs call points of metrics; they keep sending everything else. */
const categories = 'metric_bucket;trace_metric';

/**
 * Headers of a refusal to take points: when to come again, and for SDKs what it is about.
 * https://develop.sentry.dev/sdk/expected-features/rate-limiting/
 */
export function limitHeaders(refusal: RefusalError): Record<string, string> {
  if (refusal.status !== 429) return retryHeaders(refusal);
  const limits = `${refusal.retryAfterSeconds ?? 60}:${categories}:key:points_per_minute`;
  return { ...retryHeaders(refusal), 'X-Sentry-Rate-Limits': limits };
}
