import * as z from 'zod';
import type { ChartJob } from '../lib/alerts/index.ts';
import type { Delivery } from '../lib/platform/delivery.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { onceForEvent, type SlackJob, slackJobSchema } from '../lib/slack/index.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { slackOf, slackSettings } from './middleware/slack-parts.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';
import { workOnJob } from './slack-jobs/work-on-job.ts';
import type { WorkerApp } from './slack-jobs/worker-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  ...metricSettings,
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  ...slackSettings,
  SLACK_COMMAND: z.string().startsWith('/'),
  DOCS_URL: z.url(),
  SUPPORT_URL: z.url(),
  SLACK_JOBS_QUEUE_URL: z.url(),
  CHARTS_QUEUE_URL: z.url(),
});

type SlackWorkerApp = BaseApp & WorkerApp;

/** The queue of Slack jobs: works on what events ask for, sends what is to be sent, and tells of deploys. */
export const door = {
  name: 'slack-worker',
  message: slackJobSchema,
  handle: async (app, job, { remainingMs }: Pick<Delivery, 'remainingMs'>) => {
    const hurried = { ...app, slack: app.slack.within(remainingMs) };
    if (!('eventId' in job)) return workOnJob(hurried, job);
    await onceForEvent(app, job, () => workOnJob(hurried, job));
  },
} satisfies QueueDoor<SlackWorkerApp, typeof slackJobSchema>;

export const handler = queueDoor<SlackWorkerApp, typeof slackJobSchema>(
  door,
  appSource(settings, async (config, { clock, log }) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    const table = openTable(config.TABLE_NAME);
    return {
      table,
      ...metricParts(config),
      slack: slackOf(config, secrets, { table, clock, log }),
      slackJobs: sqsQueue<SlackJob>(config.SLACK_JOBS_QUEUE_URL),
      charts: sqsQueue<ChartJob>(config.CHARTS_QUEUE_URL),
      linkSigningKey: secrets.linkSigningKey,
      publicUrl: config.PUBLIC_URL,
      randomText,
      surroundings: { command: config.SLACK_COMMAND, docsUrl: config.DOCS_URL, supportUrl: config.SUPPORT_URL },
    };
  }),
);
