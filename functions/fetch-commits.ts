import * as z from 'zod';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { upstashRedis } from '../lib/platform/redis.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { snowflakeIds } from '../lib/platform/snowflake.ts';
import { openTable } from '../lib/platform/table.ts';
import {
  type DeployNoticeJob,
  type FetchCommitsApp,
  fetchCommits,
  fetchMessageSchema,
  githubCommits,
} from '../lib/releases/index.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  UPSTASH_REDIS_REST_URL: z.url(),
  GITHUB_API_URL: z.url(),
  SLACK_JOBS_QUEUE_URL: z.url(),
});

type App = BaseApp & FetchCommitsApp;

/** The queue of fetches: asks the services that host repositories for the commits of a release. */
export const door = {
  name: 'fetch-commits',
  message: fetchMessageSchema,
  handle: fetchCommits,
} satisfies QueueDoor<App, typeof fetchMessageSchema>;

export const handler = queueDoor<App, typeof fetchMessageSchema>(
  door,
  appSource(settings, async (config, { clock }) => {
    const { upstashToken, githubToken } = await fetchSecrets(config.SECRET_ID);
    const redis = upstashRedis({ url: config.UPSTASH_REDIS_REST_URL, token: upstashToken });
    const github = { apiUrl: config.GITHUB_API_URL, token: githubToken, clock };
    return {
      table: openTable(config.TABLE_NAME),
      ids: snowflakeIds({ redis, clock }),
      randomText,
      deployNotices: sqsQueue<DeployNoticeJob>(config.SLACK_JOBS_QUEUE_URL),
      commitProviders: githubToken === '' ? {} : { github: githubCommits(github) },
    };
  }),
);
