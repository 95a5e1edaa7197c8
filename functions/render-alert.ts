import * as z from 'zod';
import {
  type NotificationMessage,
  notificationMessageSchema,
  type TellingApp,
  tellInTurn,
} from '../lib/alerts/index.ts';
import { postOutside } from '../lib/platform/post-outside.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { slackOf, slackSettings } from './middleware/slack-parts.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  CHARTS_QUEUE_URL: z.url(),
  NOTIFICATIONS_QUEUE_URL: z.url(),
  ...slackSettings,
});

type RenderAlertApp = BaseApp & TellingApp;

/** The notifications queue: writes the Slack messages of incidents. */
export const door = {
  name: 'render-alert',
  message: notificationMessageSchema,
  handle: tellInTurn,
} satisfies QueueDoor<RenderAlertApp, typeof notificationMessageSchema>;

export const handler = queueDoor<RenderAlertApp, typeof notificationMessageSchema>(
  door,
  appSource(settings, async (config, base) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    const table = openTable(config.TABLE_NAME);
    return {
      table,
      publicUrl: config.PUBLIC_URL,
      tokenEncryptionKey: secrets.tokenEncryptionKey,
      post: postOutside(),
      charts: sqsQueue(config.CHARTS_QUEUE_URL),
      notifications: sqsQueue<NotificationMessage>(config.NOTIFICATIONS_QUEUE_URL),
      slack: slackOf(config, secrets, { ...base, table }),
    };
  }),
);
