import * as z from 'zod';
import { awsClient, awsSurroundings } from '../lib/platform/aws-client.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openSignedTable } from '../lib/platform/signed-table.ts';
import {
  answerCommand,
  type CommandApp,
  disconnectedBlocks,
  parseForm,
  type TypedCommand,
} from '../lib/slack/index.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { requireSlack, type SlackRecognition } from './middleware/slack-request.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

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

/** Slack's ids are short; a longer one would not fit into a key. */
const teamId = z.string().max(64);
/** What somebody typed, and where; a check of our certificate has none of it. */
const form = z
  .looseObject({
    team_id: teamId,
    text: z.string().default(''),
    user_id: z.string().optional(),
    channel_id: z.string().optional(),
    channel_name: z.string().optional(),
    response_url: z.string().optional(),
  })
  .optional();
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
  body: { read: (request) => (isCertificateCheck(request) ? undefined : parseForm(request.body)), schema: form },
  handle: async (app, { body }) =>
    body === undefined ? { status: 200 } : { status: 200, body: await answerCommand(app, typedCommand(body)) },
  // Slack shows a person nothing of an answer that is not 200, so an unknown workspace is told with 200.
  refuse: (app, refusal) =>
    refusal?.status === 403
      ? { status: 200, body: { blocks: disconnectedBlocks(app.surroundings, app) } }
      : { status: refusal?.status ?? 500, ...(refusal?.status === 405 && { headers: { Allow: 'POST' } }) },
} satisfies HttpDoor<SlackCommandsApp, void, z.ZodObject, z.ZodObject, typeof form>;

export const handler = httpDoor<SlackCommandsApp, void, z.ZodObject, z.ZodObject, typeof form>(
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

/**
 * Now and then Slack asks whether our certificate is valid, without signing that: it is told yes, and nothing is done.
 * Source: https://docs.slack.dev/interactivity/implementing-slash-commands
 */
function isCertificateCheck({ method, body }: HttpRequest): boolean {
  return method === 'POST' && body.toString('latin1').split('&').includes('ssl_check=1');
}

function typedCommand(sent: NonNullable<z.infer<typeof form>>): TypedCommand {
  return {
    teamId: sent.team_id,
    text: sent.text,
    slackUserId: sent.user_id,
    channelId: sent.channel_id,
    channelName: sent.channel_name,
    responseUrl: sent.response_url,
  };
}
