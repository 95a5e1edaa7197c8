import * as z from 'zod';
import { requireMembership, tokenCache } from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import { upstashRedis } from '../lib/platform/redis.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { snowflakeIds } from '../lib/platform/snowflake.ts';
import { openTable } from '../lib/platform/table.ts';
import { addRepository, deleteRepository, pageRepositories } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/repositories.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  UPSTASH_REDIS_REST_URL: z.url(),
  PUBLIC_URL: z.url(),
});

type RepositoriesApp = ApiApp & Pick<App, 'ids'> & { readonly publicUrl: string };

/** Lists, makes and deletes the repositories of an organization. */
export const served = [
  serve(endpoints.listRepositories, async (app: RepositoriesApp, { caller, path: { org }, query, request }) => {
    const wish = { organization: org, query: query.query, status: query.status, page: pageOf(query) };
    const [page] = await Promise.all([pageRepositories(app, wish), requireMembership(app, caller)]);
    return pagedAnswer(app.publicUrl, request, page);
  }),
  serve(endpoints.createRepository, async (app: RepositoriesApp, { caller, path: { org }, body }) => {
    await requireMembership(app, caller);
    return { status: 201, body: await addRepository(app, org, body) };
  }),
  serve(endpoints.deleteRepository, async (app: RepositoriesApp, { caller, path: { org, repo } }) => {
    await requireMembership(app, caller);
    await deleteRepository(app, { organization: org, id: repo });
    return { status: 204 };
  }),
];

export const handler = apiDoor(
  'repositories',
  served,
  appSource(settings, async (config, { clock }) => {
    const { upstashToken } = await fetchSecrets(config.SECRET_ID);
    const redis = upstashRedis({ url: config.UPSTASH_REDIS_REST_URL, token: upstashToken });
    return {
      table: openTable(config.TABLE_NAME),
      ids: snowflakeIds({ redis, clock }),
      tokens: tokenCache(clock),
      publicUrl: config.PUBLIC_URL,
    };
  }),
);
