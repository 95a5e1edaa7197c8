import * as z from 'zod';
import { authenticateToken, type Caller, describeCaller } from '../lib/organizations/index.ts';
import { NotFoundError } from '../lib/platform/errors.ts';
import type { ApiApp } from './middleware/api-door.ts';
import { apiParts, apiSettings } from './middleware/api-parts.ts';
import { noBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = apiSettings;

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
} satisfies HttpDoor<ApiApp, Caller | undefined, typeof path, z.ZodObject, z.ZodUndefined>;

export const handler = httpDoor<ApiApp, Caller | undefined, typeof path, z.ZodObject, z.ZodUndefined>(
  door,
  appSource(settings, apiParts),
);
