import * as z from 'zod';
import { ingestEnvelope, type SendingApp, type WireMessage } from '../lib/metrics/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { authenticateProjectKey, type ProjectKey } from '../lib/projects/index.ts';
import { rawBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), POINTS_QUEUE_URL: z.url() });

type IngestEnvelopeApp = BaseApp & SendingApp & { readonly table: Table };

const path = z.object({ project_id: z.string() });
const query = z.object({});
const body = z.instanceof(Buffer);

/** `POST /api/{project_id}/envelope/`: takes metric points out of what SDKs and the command line send. */
export const door = {
  name: 'ingest-envelope',
  authenticate: (app, request) =>
    authenticateProjectKey(app, {
      projectId: request.pathParameters['project_id'] ?? '',
      authHeader: request.header('x-sentry-auth'),
      queryKey: request.query['sentry_key']?.[0],
    }),
  path,
  query,
  // Clients name all kinds of content types, or none.
  body: { read: rawBody, schema: body },
  async handle(app, { caller, body: bytes }) {
    const { id, dropped } = await ingestEnvelope(app, { ...caller, body: bytes });
    return { status: 200, body: { ...(id !== undefined && { id }), ...(dropped.length > 0 && { dropped }) } };
  },
} satisfies HttpDoor<IngestEnvelopeApp, ProjectKey, typeof path, typeof query, typeof body>;

export const handler = httpDoor<IngestEnvelopeApp, ProjectKey, typeof path, typeof query, typeof body>(
  door,
  appSource(settings, (config) => ({
    table: openTable(config.TABLE_NAME),
    points: sqsQueue<WireMessage>(config.POINTS_QUEUE_URL),
    randomText,
  })),
);
