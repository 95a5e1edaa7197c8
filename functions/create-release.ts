import * as z from 'zod';
import {
  authenticateToken,
  type Caller,
  requireScope,
  type TokenCache,
  tokenCache,
} from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import { parseInput } from '../lib/platform/field-errors.ts';
import { upstashRedis } from '../lib/platform/redis.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { snowflakeIds } from '../lib/platform/snowflake.ts';
import { openTable } from '../lib/platform/table.ts';
import { createRelease, organizationReleaseBody, projectReleaseBody } from '../lib/releases/index.ts';
import { jsonBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), SECRET_ID: z.string(), UPSTASH_REDIS_REST_URL: z.url() });

type CreateReleaseApp = BaseApp & Pick<App, 'table' | 'ids'> & { readonly tokens: TokenCache };

/** Its second form names the one project in the address, and then not in the body. */
const path = z.object({ org: z.string(), project: z.string().optional() });

/** `POST /api/0/organizations/{org}/releases/` and `POST /api/0/projects/{org}/{project}/releases/` */
export const door = {
  name: 'create-release',
  async authenticate(app, request) {
    const caller = await authenticateToken(app, request.header('authorization'));
    const organization = request.pathParameters['org'] ?? '';
    requireScope(caller, organization, ['project:write', 'project:admin', 'project:releases', 'org:ci']);
    return caller;
  },
  path,
  query: z.object({}),
  body: { read: jsonBody, schema: z.unknown() },
  async handle(app, { caller, path: { org, project }, body, request }) {
    const { isNew, release } = await createRelease(app, {
      caller,
      organization: org,
      project,
      body: parseInput(project === undefined ? organizationReleaseBody : projectReleaseBody, body),
      userAgent: request.header('user-agent'),
    });
    return { status: isNew ? 201 : 208, body: release };
  },
} satisfies HttpDoor<CreateReleaseApp, Caller, typeof path, z.ZodObject, z.ZodUnknown>;

export const handler = httpDoor<CreateReleaseApp, Caller, typeof path, z.ZodObject, z.ZodUnknown>(
  door,
  appSource(settings, async (config, { clock }) => {
    const { upstashToken } = await fetchSecrets(config.SECRET_ID);
    const redis = upstashRedis({ url: config.UPSTASH_REDIS_REST_URL, token: upstashToken });
    return { table: openTable(config.TABLE_NAME), ids: snowflakeIds({ redis, clock }), tokens: tokenCache(clock) };
  }),
);
