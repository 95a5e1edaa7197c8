import * as z from 'zod';
import { eraseProjectRules } from '../lib/alerts/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { openTable } from '../lib/platform/table.ts';
import {
  type DeletionMessage,
  deletionMessageSchema,
  type EraseApp,
  eraseProject,
  type ProjectEraser,
} from '../lib/projects/index.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), DELETIONS_QUEUE_URL: z.url() });

type DeleteProjectApp = BaseApp & EraseApp;

/** What each domain erases of a project, in this order, behind its notification settings. */
const erasers: readonly ProjectEraser<DeleteProjectApp>[] = [{ name: 'alert rules', erasePage: eraseProjectRules }];

/** Well below the function's timeout: the page that is begun then still has time to end. */
const budgetMs = 80_000;

/** The deletions queue: erases projects that were marked for deletion. */
export const door = {
  name: 'delete-project',
  message: deletionMessageSchema,
  handle: (app, message) => eraseProject(app, message, { erasers, budgetMs }),
} satisfies QueueDoor<DeleteProjectApp, typeof deletionMessageSchema>;

export const handler = queueDoor<DeleteProjectApp, typeof deletionMessageSchema>(
  door,
  appSource(settings, (config) => ({
    table: openTable(config.TABLE_NAME),
    deletions: sqsQueue<DeletionMessage>(config.DELETIONS_QUEUE_URL),
  })),
);
