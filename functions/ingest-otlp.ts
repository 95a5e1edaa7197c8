import * as z from 'zod';
import { encodeOutcome, ingestOtlp } from '../lib/metrics/index.ts';
import { authenticateProjectKey, type ProjectKey } from '../lib/projects/index.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { type IngestApp, ingestParts, ingestSettings } from './middleware/ingest-parts.ts';
import { contentTypes, encodingOf, otlpRefusal } from './middleware/otlp-answer.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = ingestSettings;

const nothing = z.object({});
const body = z.object({ encoding: z.enum(['json', 'protobuf']), bytes: z.instanceof(Buffer) });

/** `POST /v1/metrics`: takes what OpenTelemetry's exporters send (OTLP/HTTP, JSON or protobuf). */
export const door = {
  name: 'ingest-otlp',
  // What exporters and collectors send at once with their usual settings, and less than Lambda is handed at most.
  maxBodyBytes: 4 * 1024 * 1024,
  authenticate: (app, request) =>
    authenticateProjectKey(app, {
      authHeader: request.header('x-sentry-auth'),
      authorization: request.header('authorization'),
      queryKey: request.query['sentry_key']?.[0],
    }),
  path: nothing,
  query: nothing,
  body: {
    read: (request) => ({ encoding: encodingOf(request.header('content-type')), bytes: request.body }),
    schema: body,
  },
  async handle(app, { caller, body: { encoding, bytes } }) {
    const outcome = await ingestOtlp(app, { ...caller, body: bytes, encoding });
    return { status: 200, content: { type: contentTypes[encoding], data: encodeOutcome(outcome, encoding) } };
  },
  refuse: (_, refusal, event) => otlpRefusal(refusal, event),
} satisfies HttpDoor<IngestApp, ProjectKey, typeof nothing, typeof nothing, typeof body>;

export const handler = httpDoor<IngestApp, ProjectKey, typeof nothing, typeof nothing, typeof body>(
  door,
  appSource(settings, ingestParts),
);
