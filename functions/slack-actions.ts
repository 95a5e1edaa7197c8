import * as z from 'zod';
import type { ChartJob, NotificationAddress } from '../lib/alerts/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { slackForPeople, slackSettings } from './middleware/slack-parts.ts';
import { requireSlack, type SlackRecognition } from './middleware/slack-request.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';
import { answerPress } from './slack-presses/answer-press.ts';
import { pressPayload, readPayload } from './slack-presses/press-payload.ts';
import type { PressApp } from './slack-presses/press-scene.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  SLACK_API_URL: slackSettings.SLACK_API_URL,
  SLACK_COMMAND: z.string().startsWith('/'),
  DOCS_URL: z.url(),
  NOTIFICATIONS_QUEUE_URL: z.url(),
  CHARTS_QUEUE_URL: z.url(),
});

type SlackActionsApp = BaseApp & PressApp & SlackRecognition;

const endpoint = 'integrations.slack.action_endpoint';

/** `POST /extensions/slack/action/`: does what the buttons of our messages ask for. */
export const door = {
  name: 'slack-actions',
  // Slack sends the whole message along.
  maxBodyBytes: 512 * 1024,
  counters: { success: `${endpoint}.success`, failure: (code) => `${endpoint}.failure.${code}` },
  authenticate: async (app, request) => requireSlack(app, request),
  path: z.object({}),
  query: z.object({}),
  body: { read: readPayload, schema: pressPayload },
  handle: async (app, { body }) => {
    await answerPress(app, body);
    return { status: 200 };
  },
  // Nobody reads what is answered here: people are told through the address that Slack sends along.
  refuse: (_, refusal) => ({
    status: refusal?.status ?? 500,
    ...(refusal?.status === 405 && { headers: { Allow: 'POST' } }),
  }),
} satisfies HttpDoor<SlackActionsApp, void, z.ZodObject, z.ZodObject, typeof pressPayload>;

export const handler = httpDoor<SlackActionsApp, void, z.ZodObject, z.ZodObject, typeof pressPayload>(
  door,
  appSource(settings, async (config, base) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    const table = openTable(config.TABLE_NAME);
    return {
      table,
      signingSecret: secrets.slackSigningSecret,
      verificationToken: secrets.slackVerificationToken,
      publicUrl: config.PUBLIC_URL,
      command: config.SLACK_COMMAND,
      docsUrl: config.DOCS_URL,
      slack: slackForPeople(config, secrets, { ...base, table }),
      notifications: sqsQueue<NotificationAddress>(config.NOTIFICATIONS_QUEUE_URL),
      charts: sqsQueue<ChartJob>(config.CHARTS_QUEUE_URL),
    };
  }),
);
