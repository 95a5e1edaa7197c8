import * as z from 'zod';
import type { DigestJob, NotificationAddress } from '../lib/alerts/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { type DigestsApp, servedDigests } from './alert-rules/digests.ts';
import { servedReads } from './alert-rules/read-rules.ts';
import type { AlertRulesApp } from './alert-rules/rule-request.ts';
import { servedSnoozes } from './alert-rules/snooze-rules.ts';
import { servedWrites } from './alert-rules/write-rules.ts';
import { apiDoor } from './middleware/api-door.ts';
import { idParts, idSettings } from './middleware/id-parts.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = idSettings.extend({
  PUBLIC_URL: z.url(),
  NOTIFICATIONS_QUEUE_URL: z.url(),
  CHARTS_QUEUE_URL: z.url(),
});

/** Creates, lists, shows, changes, deletes and snoozes alert rules; and digests of them. */
export const served = [...servedReads, ...servedWrites, ...servedSnoozes, ...servedDigests];

export const handler = apiDoor<AlertRulesApp & DigestsApp>(
  'alert-rules',
  served,
  appSource(settings, async (config, { clock }) => {
    const { parts, secrets } = await idParts(config, clock);
    return {
      ...parts,
      randomText,
      publicUrl: config.PUBLIC_URL,
      charts: sqsQueue<DigestJob>(config.CHARTS_QUEUE_URL),
      tokenEncryptionKey: secrets.tokenEncryptionKey,
      notifications: sqsQueue<NotificationAddress>(config.NOTIFICATIONS_QUEUE_URL),
    };
  }),
);
