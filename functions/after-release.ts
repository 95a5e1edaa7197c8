import * as z from 'zod';
import type { App } from '../lib/platform/app.ts';
import { openTable } from '../lib/platform/table.ts';
import { afterRelease, afterReleaseSchema } from '../lib/releases/index.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string() });

type AfterReleaseApp = BaseApp & Pick<App, 'table'>;

/** The queue of follow-ups: what a new release leaves to be done after its answer. */
export const door = {
  name: 'after-release',
  message: afterReleaseSchema,
  handle: afterRelease,
} satisfies QueueDoor<AfterReleaseApp, typeof afterReleaseSchema>;

export const handler = queueDoor<AfterReleaseApp, typeof afterReleaseSchema>(
  door,
  appSource(settings, (config) => ({ table: openTable(config.TABLE_NAME) })),
);
