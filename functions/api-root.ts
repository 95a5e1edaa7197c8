import * as z from 'zod';
import {
  authenticateToken,
  type Caller,
  describeCaller,
  requireMembership,
  type TokenCache,
  tokenCache,
} from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import { NotBuiltYetError, NotFoundError } from '../lib/platform/errors.ts';
import { openTable } from '../lib/platform/table.ts';
import { isLaterEndpoint } from './api-endpoints/later-endpoints.ts';
import { noBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string() });

type ApiRootApp = BaseApp & Pick<App, 'table'> & { readonly tokens: TokenCache };

/** What follows `/api/0/`; nothing for the root itself. */
const path = z.object({ proxy: z.string().default('') });
const nobody = { user: null, auth: null };

/** `GET /api/0/` says who is calling; below it stands whatever has no function of its own. */
export const door = {
  name: 'api-root',
  async authenticate(app, request) {
    const below = request.pathParameters['proxy'];
    // What does not exist needs no token to be told so, and the root greets strangers.
    if (below !== undefined && !isLaterEndpoint(request.method, below)) {
      throw new NotFoundError('The requested resource does not exist.');
    }
    const authorization = request.header('authorization');
    return below === undefined && authorization === undefined ? undefined : authenticateToken(app, authorization);
  },
  path,
  query: z.object({}),
  body: { read: noBody, schema: z.undefined() },
  async handle(app, { caller, path: { proxy }, request }) {
    if (proxy === '') {
      return { status: 200, body: { version: '0', ...(caller ? await describeCaller(app, caller) : nobody) } };
    }
    if (caller) await requireMembership(app, caller);
    throw new NotBuiltYetError(`This version of postflow does not serve ${request.method} of this address yet.`);
  },
} satisfies HttpDoor<ApiRootApp, Caller | undefined, typeof path, z.ZodObject, z.ZodUndefined>;

export const handler = httpDoor<ApiRootApp, Caller | undefined, typeof path, z.ZodObject, z.ZodUndefined>(
  door,
  appSource(settings, (config, { clock }) => ({ table: openTable(config.TABLE_NAME), tokens: tokenCache(clock) })),
);
