import * as z from 'zod';
import { type DigestJob, type EvaluationMessage, scheduleAlerts } from '../lib/alerts/index.ts';
import { type Queue, sqsQueue } from '../lib/platform/queue.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { type DirectDoor, directDoor } from './middleware/direct-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), EVALUATIONS_QUEUE_URL: z.url(), CHARTS_QUEUE_URL: z.url() });

type ScheduleAlertsApp = BaseApp & {
  readonly table: Table;
  readonly evaluations: Queue<EvaluationMessage>;
  readonly charts: Queue<DigestJob>;
};

type Due = Awaited<ReturnType<typeof scheduleAlerts>>;

/** The minute that is meant, however late or often the schedule delivers it. */
const payload = z.object({ scheduledTime: z.iso.datetime() });

/** Every minute: hands the alert rules that are due to the evaluations queue, and digests to the charts queue. */
export const door = {
  name: 'schedule-alerts',
  payload,
  handle: scheduleAlerts,
} satisfies DirectDoor<ScheduleAlertsApp, typeof payload, Due>;

export const handler = directDoor<ScheduleAlertsApp, typeof payload, Due>(
  door,
  appSource(settings, (config) => ({
    table: openTable(config.TABLE_NAME),
    evaluations: sqsQueue<EvaluationMessage>(config.EVALUATIONS_QUEUE_URL),
    charts: sqsQueue<DigestJob>(config.CHARTS_QUEUE_URL),
  })),
);
