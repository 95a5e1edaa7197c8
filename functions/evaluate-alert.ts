import * as z from 'zod';
import {
  type EvaluationApp,
  evaluateAlert,
  evaluationMessageSchema,
  type NotificationAddress,
} from '../lib/alerts/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { openTable } from '../lib/platform/table.ts';
import type { SlackJobOf } from '../lib/slack/index.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  ...metricSettings,
  PUBLIC_URL: z.url(),
  NOTIFICATIONS_QUEUE_URL: z.url(),
  SLACK_JOBS_QUEUE_URL: z.url(),
});

type EvaluateAlertApp = BaseApp & EvaluationApp;

/** The evaluations queue: compares metrics with a rule and records what changed. */
export const door = {
  name: 'evaluate-alert',
  message: evaluationMessageSchema,
  handle: evaluateAlert,
} satisfies QueueDoor<EvaluateAlertApp, typeof evaluationMessageSchema>;

export const handler = queueDoor<EvaluateAlertApp, typeof evaluationMessageSchema>(
  door,
  appSource(settings, (config) => ({
    table: openTable(config.TABLE_NAME),
    ...metricParts(config),
    publicUrl: config.PUBLIC_URL,
    notifications: sqsQueue<NotificationAddress>(config.NOTIFICATIONS_QUEUE_URL),
    outgoing: sqsQueue<SlackJobOf<'outgoing-message'>>(config.SLACK_JOBS_QUEUE_URL),
  })),
);
