import * as z from 'zod';
import { openApiDocument } from './api-endpoints/document.ts';
import { noBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ PUBLIC_URL: z.url() });

type OpenApiApp = BaseApp & { readonly document: unknown };

/** `GET /api/0/openapi.json`: what the API takes and gives, for anybody. */
export const door = {
  name: 'openapi',
  authenticate: async () => undefined,
  path: z.object({}),
  query: z.object({}),
  body: { read: noBody, schema: z.undefined() },
  handle: async (app) => ({ status: 200, body: app.document, headers: { 'Access-Control-Allow-Origin': '*' } }),
} satisfies HttpDoor<OpenApiApp, undefined, z.ZodObject, z.ZodObject, z.ZodUndefined>;

export const handler = httpDoor<OpenApiApp, undefined, z.ZodObject, z.ZodObject, z.ZodUndefined>(
  door,
  appSource(settings, ({ PUBLIC_URL }) => ({ document: openApiDocument(PUBLIC_URL) })),
);
