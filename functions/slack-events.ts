import * as z from 'zod';
import { type Queue, sqsQueue } from '../lib/platform/queue.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { eventEnvelope, type SlackJob } from '../lib/slack/index.ts';
import { jsonBody } from './middleware/http-body.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { requireSlack, type SlackRecognition } from './middleware/slack-request.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';
import { eventCounter, takeEvent } from './slack-events/take-event.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), SECRET_ID: z.string(), SLACK_JOBS_QUEUE_URL: z.url() });

type SlackEventsApp = BaseApp & SlackRecognition & { readonly table: Table; readonly slackJobs: Queue<SlackJob> };

/** Slack asks once whether this address is ours. */
const verification = z.object({ type: z.literal('url_verification'), challenge: z.string() });

/** Anything with its own `type` is checked as such, so that what is missing can be named. */
const body = z.union([verification, eventEnvelope]);

/**
 * `POST /extensions/slack/event/`: takes what happened in a workspace, hands it to the queue and says so at once. Slack
 * sends an event again when it hears nothing for three seconds; that it is the same is seen by its id, by who works on it.
 */
export const door = {
  name: 'slack-events',
  counters: { success: `${eventCounter}.success`, failure: (code) => `${eventCounter}.failure.${code}` },
  authenticate: async (app, request) => requireSlack(app, request),
  path: z.object({}),
  query: z.object({}),
  body: { read: jsonBody, schema: body },
  handle: async (app, { body: sent, request }) =>
    'challenge' in sent ? { status: 200, body: { challenge: sent.challenge } } : takeEvent(app, sent, request),
  // Nobody reads what Slack is told. Without the header it would send what we refuse three times more.
  refuse: (_, refusal) => ({
    status: refusal?.status ?? 500,
    headers: {
      ...((refusal?.status ?? 500) < 500 && { 'X-Slack-No-Retry': '1' }),
      ...(refusal?.status === 405 && { Allow: 'POST' }),
    },
  }),
} satisfies HttpDoor<SlackEventsApp, void, z.ZodObject, z.ZodObject, typeof body>;

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
