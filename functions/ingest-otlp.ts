import * as z from 'zod';
import { encodeOutcome, ingestOtlp, type SendingApp, type WireMessage } from '../lib/metrics/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { authenticateProjectKey, type ProjectKey } from '../lib/projects/index.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { contentTypes, encodingOf, otlpRefusal } from './middleware/otlp-answer.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), POINTS_QUEUE_URL: z.url() });

type IngestOtlpApp = BaseApp & SendingApp & { readonly table: Table };

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
} satisfies HttpDoor<IngestOtlpApp, ProjectKey, typeof nothing, typeof nothing, typeof body>;

export const handler = httpDoor<IngestOtlpApp, ProjectKey, typeof nothing, typeof nothing, typeof body>(
  door,
  appSource(settings, (config) => ({
    table: openTable(config.TABLE_NAME),
    points: sqsQueue<WireMessage>(config.POINTS_QUEUE_URL),
    randomText,
  })),
);
