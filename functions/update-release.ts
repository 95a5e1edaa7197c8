import * as z from 'zod';
import { type Caller, tokenCache } from '../lib/organizations/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { upstashRedis } from '../lib/platform/redis.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { snowflakeIds } from '../lib/platform/snowflake.ts';
import { openTable } from '../lib/platform/table.ts';
import {
  type ContentsApp,
  configuredProviders,
  type FetchMessage,
  type ReleaseUpdateBody,
  updateRelease,
} from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/releases.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  UPSTASH_REDIS_REST_URL: z.url(),
  FETCHES_QUEUE_URL: z.url(),
});

type UpdateReleaseApp = ApiApp & ContentsApp;

interface Input {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string; readonly version: string };
  readonly body: ReleaseUpdateBody;
}

async function handle(
  app: UpdateReleaseApp,
  { caller, path: { org, project, version }, body }: Input,
): Promise<HttpAnswer> {
  return { status: 200, body: await updateRelease(app, { caller, organization: org, project, version, body }) };
}

/** In both forms the release has to be within the caller's reach. */
export const served = [serve(endpoints.updateRelease, handle), serve(endpoints.updateProjectRelease, handle)];

export const handler = apiDoor(
  'update-release',
  served,
  appSource(settings, async (config, { clock }) => {
    const { upstashToken, githubToken } = await fetchSecrets(config.SECRET_ID);
    const redis = upstashRedis({ url: config.UPSTASH_REDIS_REST_URL, token: upstashToken });
    return {
      table: openTable(config.TABLE_NAME),
      ids: snowflakeIds({ redis, clock }),
      tokens: tokenCache(clock),
      randomText,
      providers: configuredProviders({ githubToken }),
      fetches: sqsQueue<FetchMessage>(config.FETCHES_QUEUE_URL),
    };
  }),
);
