import * as z from 'zod';
import { ingestEnvelope } from '../lib/metrics/index.ts';
import { authenticateProjectKey, type ProjectKey } from '../lib/projects/index.ts';
import { refusalAnswer } from './middleware/http-answer.ts';
import { rawBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { type IngestApp, ingestParts, ingestSettings, limitHeaders } from './middleware/ingest-parts.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = ingestSettings;

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
  refuse: (_, refusal, event) => ({
    ...refusalAnswer(refusal, event.requestContext.requestId),
    ...(refusal && { headers: limitHeaders(refusal) }),
  }),
} satisfies HttpDoor<IngestApp, ProjectKey, typeof path, typeof query, typeof body>;

export const handler = httpDoor<IngestApp, ProjectKey, typeof path, typeof query, typeof body>(
  door,
  appSource(settings, ingestParts),
);
