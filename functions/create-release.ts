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
  createRelease,
  type FetchMessage,
  type ReleaseBody,
} from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/releases.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  UPSTASH_REDIS_REST_URL: z.url(),
  FETCHES_QUEUE_URL: z.url(),
});

type CreateReleaseApp = ApiApp & ContentsApp;

interface Input {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string };
  readonly body: ReleaseBody;
  readonly request: HttpRequest;
}

async function handle(
  app: CreateReleaseApp,
  { caller, path: { org, project }, body, request }: Input,
): Promise<HttpAnswer> {
  const userAgent = request.header('user-agent');
  const { isNew, release } = await createRelease(app, { caller, organization: org, project, body, userAgent });
  return { status: isNew ? 201 : 208, body: release };
}

/** In its second form the address names the one project, and then the body none. */
export const served = [serve(endpoints.createRelease, handle), serve(endpoints.createProjectRelease, handle)];

export const handler = apiDoor(
  'create-release',
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
