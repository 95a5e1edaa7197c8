import * as z from 'zod';
import type { NotificationAddress } from '../lib/alerts/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import type { SlackJobOf } from '../lib/slack/index.ts';
import { servedChanges } from './incidents/change-incidents.ts';
import { servedReads } from './incidents/read-incidents.ts';
import { servedNotifications } from './incidents/read-notifications.ts';
import { servedSubscriptions } from './incidents/subscribe-to-incidents.ts';
import { apiDoor } from './middleware/api-door.ts';
import { listParts, listSettings } from './middleware/list-parts.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = listSettings.extend({
  NOTIFICATIONS_QUEUE_URL: z.url(),
  SLACK_JOBS_QUEUE_URL: z.url(),
});

/** Incidents: lists, all about one of them, who was told, and what people do and say about it. */
export const served = [...servedReads, ...servedNotifications, ...servedChanges, ...servedSubscriptions];

export const handler = apiDoor(
  'incidents',
  served,
  appSource(settings, (config, base) => ({
    ...listParts(config, base),
    notifications: sqsQueue<NotificationAddress>(config.NOTIFICATIONS_QUEUE_URL),
    outgoing: sqsQueue<SlackJobOf<'outgoing-message'>>(config.SLACK_JOBS_QUEUE_URL),
  })),
);
