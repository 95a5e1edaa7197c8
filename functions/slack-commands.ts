import * as z from 'zod';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { answerCommand, type CommandSurroundings, disconnectedBlocks, parseForm } from '../lib/slack/index.ts';
import { type HttpDoor, httpDoor } from './middleware/http-door.ts';
import { requireSlack } from './middleware/slack-request.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  SLACK_COMMAND: z.string().startsWith('/'),
  DOCS_URL: z.url(),
  SUPPORT_URL: z.url(),
});

type SlackCommandsApp = BaseApp & {
  readonly table: Table;
  readonly signingSecret: string;
  readonly verificationToken?: string;
  readonly surroundings: CommandSurroundings;
};

/** Slack's ids are short; a longer one would not fit into a key. */
const teamId = z.string().max(64);
const form = z.looseObject({ team_id: teamId, text: z.string().default('') });
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
  authenticate: async (app, request) => requireSlack(app, request),
  path: z.object({}),
  query: z.object({}),
  body: { read: (request) => parseForm(request.body), schema: form },
  handle: async (app, { body }) => ({
    status: 200,
    body: await answerCommand(app, { teamId: body.team_id, text: body.text }),
  }),
  // Slack shows a person nothing of an answer that is not 200, so an unknown workspace is told with 200.
  refuse: (app, refusal) =>
    refusal?.status === 403
      ? { status: 200, body: { blocks: disconnectedBlocks(app.surroundings) } }
      : { status: refusal?.status ?? 500, ...(refusal?.status === 405 && { headers: { Allow: 'POST' } }) },
} satisfies HttpDoor<SlackCommandsApp, void, z.ZodObject, z.ZodObject, typeof form>;

export const handler = httpDoor<SlackCommandsApp, void, z.ZodObject, z.ZodObject, typeof form>(
  door,
  appSource(settings, async (config) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    return {
      table: openTable(config.TABLE_NAME),
      signingSecret: secrets.slackSigningSecret,
      verificationToken: secrets.slackVerificationToken,
      surroundings: { command: config.SLACK_COMMAND, docsUrl: config.DOCS_URL, supportUrl: config.SUPPORT_URL },
    };
  }),
);
