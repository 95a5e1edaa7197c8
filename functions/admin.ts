import * as z from 'zod';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { upstashRedis } from '../lib/platform/redis.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { snowflakeIds } from '../lib/platform/snowflake.ts';
import { openTable } from '../lib/platform/table.ts';
import type { DeletionMessage } from '../lib/projects/index.ts';
import type { AdminApp } from './admin-commands/command.ts';
import { type CommandOutcome, runCommand } from './admin-commands/run-command.ts';
import { type DirectDoor, directDoor } from './middleware/direct-door.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  UPSTASH_REDIS_REST_URL: z.url(),
  PUBLIC_URL: z.url(),
  SLACK_API_URL: z.url(),
  SLACK_CLIENT_ID: z.string(),
  DELETIONS_QUEUE_URL: z.url(),
});

/** Invoked by operators: `{"command": "organization.create", "input": {…}}`. */
export const door = {
  name: 'admin',
  payload: z.unknown(),
  handle: runCommand,
} satisfies DirectDoor<AdminApp, z.ZodUnknown, CommandOutcome>;

export const handler = directDoor<AdminApp, z.ZodUnknown, CommandOutcome>(
  door,
  appSource(settings, async (config, { clock }) => {
    const { upstashToken, tokenEncryptionKey, slackClientSecret } = await fetchSecrets(config.SECRET_ID);
    const redis = upstashRedis({ url: config.UPSTASH_REDIS_REST_URL, token: upstashToken });
    return {
      table: openTable(config.TABLE_NAME),
      ids: snowflakeIds({ redis, clock }),
      randomText,
      deletions: sqsQueue<DeletionMessage>(config.DELETIONS_QUEUE_URL),
      publicUrl: config.PUBLIC_URL,
      tokenEncryptionKey,
      slackOauth: { apiUrl: config.SLACK_API_URL, clientId: config.SLACK_CLIENT_ID, clientSecret: slackClientSecret },
    };
  }),
);
