import * as z from 'zod';
import type { ChartJob } from '../lib/alerts/index.ts';
import type { Delivery } from '../lib/platform/delivery.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import {
  answerDirectMessage,
  onceForEvent,
  renameChannel,
  type SlackJob,
  sendOutgoing,
  slackJobSchema,
  switchOffWorkspace,
} from '../lib/slack/index.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { slackOf, slackSettings } from './middleware/slack-parts.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';
import { tidyClosedChannel } from './slack-jobs/close-channel.ts';
import { renewEndingToken } from './slack-jobs/renew-token.ts';
import { tellDeploy } from './slack-jobs/tell-deploy.ts';
import { unfurlLinks } from './slack-jobs/unfurl-links.ts';
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
    if (!('eventId' in job)) return workOn(hurried, job);
    await onceForEvent(app, job, () => workOn(hurried, job));
  },
} satisfies QueueDoor<SlackWorkerApp, typeof slackJobSchema>;

async function workOn(app: WorkerApp, job: SlackJob): Promise<void> {
  switch (job.kind) {
    case 'direct-message':
      return answerDirectMessage(app, job);
    case 'links-shared':
      return unfurlLinks(app, job);
    case 'channel-renamed':
      await renameChannel(app, job);
      return;
    case 'channel-closed':
      return tidyClosedChannel(app, job);
    case 'workspace-left':
      await switchOffWorkspace(app, { teamId: job.teamId, reason: job.why, eventTime: job.eventTime });
      return;
    case 'outgoing-message':
      await sendOutgoing(app, job.id);
      return;
    case 'deploy-notice':
      return tellDeploy(app, job);
    case 'token-renewal':
      return renewEndingToken(app, job);
  }
}

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
