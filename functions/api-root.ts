import * as z from 'zod';
import {
  authenticateToken,
  type Caller,
  describeCaller,
  type TokenCache,
  tokenCache,
} from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import { NotFoundError } from '../lib/platform/errors.ts';
import { openTable } from '../lib/platform/table.ts';
import { noBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string() });

type ApiRootApp = BaseApp & Pick<App, 'table'> & { readonly tokens: TokenCache };

const path = z.object({});
const nobody = { user: null, auth: null };

/** `GET /api/0/` says who is calling; below it stands whatever has no function of its own. */
export const door = {
  name: 'api-root',
  async authenticate(app, request) {
    const below = request.pathParameters['proxy'];
    // What does not exist needs no token to be told so, and the root greets strangers.
    if (below !== undefined) throw new NotFoundError('The requested resource does not exist.');
    const authorization = request.header('authorization');
    return authorization === undefined ? undefined : authenticateToken(app, authorization);
  },
  path,
  query: z.object({}),
  body: { read: noBody, schema: z.undefined() },
  async handle(app, { caller }) {
    return { status: 200, body: { version: '0', ...(caller ? await describeCaller(app, caller) : nobody) } };
  },
} satisfies HttpDoor<ApiRootApp, Caller | undefined, typeof path, z.ZodObject, z.ZodUndefined>;

export const handler = httpDoor<ApiRootApp, Caller | undefined, typeof path, z.ZodObject, z.ZodUndefined>(
  door,
  appSource(settings, (config, { clock }) => ({ table: openTable(config.TABLE_NAME), tokens: tokenCache(clock) })),
);
