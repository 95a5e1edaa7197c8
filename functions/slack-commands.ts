import * as z from 'zod';
import { awsClient, awsSurroundings } from '../lib/platform/aws-client.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openSignedTable } from '../lib/platform/signed-table.ts';
import { answerCommand, type CommandApp, disconnectedBlocks, parseForm } from '../lib/slack/index.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { requireSlack, type SlackRecognition } from './middleware/slack-request.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';
import { commandForm, isCertificateCheck, typedCommand } from './slack-commands/typed-command.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  SLACK_COMMAND: z.string().startsWith('/'),
  DOCS_URL: z.url(),
  SUPPORT_URL: z.url(),
});

type SlackCommandsApp = BaseApp & CommandApp & SlackRecognition;

const endpoint = 'integrations.slack.commands_endpoint';

/** `POST /extensions/slack/commands/`: answers the slash command. */
export const door = {
  name: 'slack-commands',
  maxBodyBytes: 64 * 1024,
  counters: {
    success: `${endpoint}.success.slack-commands-endpoint`,
    failure: (code) =>
      `${endpoint}.failure.slack-commands-endpoint.${code === 'forbidden' ? 'forbidden' : 'validation_error'}`,
  },
  authenticate: async (app, request) => {
    if (!isCertificateCheck(request)) requireSlack(app, request);
  },
  path: z.object({}),
  query: z.object({}),
  body: { read: (request) => (isCertificateCheck(request) ? undefined : parseForm(request.body)), schema: commandForm },
  handle: async (app, { body }) =>
    body === undefined ? { status: 200 } : { status: 200, body: await answerCommand(app, typedCommand(body)) },
  // Slack shows a person nothing of an answer that is not 200, so an unknown workspace is told with 200.
  refuse: (app, refusal) =>
    refusal?.status === 403
      ? { status: 200, body: { blocks: disconnectedBlocks(app.surroundings, app) } }
      : { status: refusal?.status ?? 500, ...(refusal?.status === 405 && { headers: { Allow: 'POST' } }) },
} satisfies HttpDoor<SlackCommandsApp, void, z.ZodObject, z.ZodObject, typeof commandForm>;

export const handler = httpDoor<SlackCommandsApp, void, z.ZodObject, z.ZodObject, typeof commandForm>(
  door,
  appSource(settings, async (config) => {
    const aws = awsClient(awsSurroundings(process.env));
    const secrets = await fetchSecrets(config.SECRET_ID, aws);
    return {
      table: openSignedTable(config.TABLE_NAME, aws),
      signingSecret: secrets.slackSigningSecret,
      verificationToken: secrets.slackVerificationToken,
      linkSigningKey: secrets.linkSigningKey,
      publicUrl: config.PUBLIC_URL,
      randomText,
      surroundings: { command: config.SLACK_COMMAND, docsUrl: config.DOCS_URL, supportUrl: config.SUPPORT_URL },
    };
  }),
);
