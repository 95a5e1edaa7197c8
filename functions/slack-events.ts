import { createHash } from 'node:crypto';
import * as z from 'zod';
import { epochSeconds } from '../lib/platform/clock.ts';
import { ForbiddenError } from '../lib/platform/errors.ts';
import { type Queue, sqsQueue } from '../lib/platform/queue.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { type EventEnvelope, eventEnvelope, findWorkspace, jobOfEvent, type SlackJob } from '../lib/slack/index.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import { jsonBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { requireSlack, type SlackRecognition } from './middleware/slack-request.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), SECRET_ID: z.string(), SLACK_JOBS_QUEUE_URL: z.url() });

type SlackEventsApp = BaseApp & SlackRecognition & { readonly table: Table; readonly slackJobs: Queue<SlackJob> };

/** Slack asks once whether this address is ours. */
const verification = z.object({ type: z.literal('url_verification'), challenge: z.string() });

/** Anything with its own `type` is checked as such, so that what is missing can be named. */
const body = z.union([verification, eventEnvelope]);
const endpoint = 'integrations.slack.event_endpoint';

/**
 * `POST /extensions/slack/event/`: takes what happened in a workspace, hands it to the queue and says so at once. Slack
 * sends an event again when it hears nothing for three seconds; that it is the same is seen by its id, by who works on it.
 */
export const door = {
  name: 'slack-events',
  counters: { success: `${endpoint}.success`, failure: (code) => `${endpoint}.failure.${code}` },
  authenticate: async (app, request) => requireSlack(app, request),
  path: z.object({}),
  query: z.object({}),
  body: { read: jsonBody, schema: body },
  handle: async (app, { body: sent, request }) =>
    'challenge' in sent ? { status: 200, body: { challenge: sent.challenge } } : take(app, sent, request),
  // Nobody reads what Slack is told. Without the header it would send what we refuse three times more.
  refuse: (_, refusal) => ({
    status: refusal?.status ?? 500,
    headers: {
      ...((refusal?.status ?? 500) < 500 && { 'X-Slack-No-Retry': '1' }),
      ...(refusal?.status === 405 && { Allow: 'POST' }),
    },
  }),
} satisfies HttpDoor<SlackEventsApp, void, z.ZodObject, z.ZodObject, typeof body>;

/** What Slack tells of a workspace that we have left ourselves is no news, and nothing went wrong. */
const farewells: ReadonlySet<string> = new Set(['app_uninstalled', 'tokens_revoked']);

async function take(app: SlackEventsApp, sent: EventEnvelope, request: HttpRequest): Promise<HttpAnswer> {
  const workspace = await findWorkspace(app, sent.team_id);
  if (workspace?.status !== 'active') {
    if (farewells.has(sent.event.type)) return { status: 200 };
    throw new ForbiddenError('This Slack workspace is not connected.');
  }
  const { teamId, botUserId } = workspace;
  const eventId = sent.event_id ?? nameOf(request);
  const eventTime = sent.event_time ?? epochSeconds(app.clock);
  const job = jobOfEvent(sent.event, { teamId, eventId, botUserId, eventTime });
  if (job !== undefined) await app.slackJobs.send([job]);
  if (request.header('x-slack-retry-num') !== undefined) app.metrics.count(`${endpoint}.retry`);
  return { status: 200 };
}

/** A name for an event that has none: that of the very request, so that at least this one is not worked on twice. */
function nameOf(request: HttpRequest): string {
  const hash = createHash('sha256').update(request.header('x-slack-request-timestamp') ?? '');
  return hash.update('\n').update(request.body).digest('hex');
}

export const handler = httpDoor<SlackEventsApp, void, z.ZodObject, z.ZodObject, typeof body>(
  door,
  appSource(settings, async (config) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    return {
      table: openTable(config.TABLE_NAME),
      signingSecret: secrets.slackSigningSecret,
      verificationToken: secrets.slackVerificationToken,
      slackJobs: sqsQueue<SlackJob>(config.SLACK_JOBS_QUEUE_URL),
    };
  }),
);
