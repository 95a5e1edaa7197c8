import * as z from 'zod';
import type { App } from '../../lib/platform/app.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import type { Secrets } from '../../lib/platform/config.ts';
import { upstashRedis } from '../../lib/platform/redis.ts';
import { fetchSecrets } from '../../lib/platform/secrets.ts';
import { snowflakeIds } from '../../lib/platform/snowflake.ts';
import { apiParts, apiSettings } from './api-parts.ts';

/** What a function of the API reads of its environment that gives IDs to what it makes. */
export const idSettings = apiSettings.extend({
  SECRET_ID: z.string(),
  UPSTASH_REDIS_REST_URL: z.url(),
});

/** The parts of its app that follow from these settings, and the secrets, which are no part of it. */
export async function idParts(
  config: z.infer<typeof idSettings>,
  clock: Clock,
): Promise<{
  readonly parts: ReturnType<typeof apiParts> & Pick<App, 'ids'>;
  readonly secrets: Secrets;
}> {
  const secrets = await fetchSecrets(config.SECRET_ID);
  const redis = upstashRedis({ url: config.UPSTASH_REDIS_REST_URL, token: secrets.upstashToken });
  const ids = snowflakeIds({ redis, clock });
  return { parts: { ...apiParts(config, { clock }), ids }, secrets };
}
