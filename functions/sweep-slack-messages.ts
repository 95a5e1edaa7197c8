import * as z from 'zod';
import { isoTime } from '../lib/platform/clock.ts';
import { type Queue, sqsQueue } from '../lib/platform/queue.ts';
import { openTable, type Table } from '../lib/platform/table.ts';
import { readNoticesBefore } from '../lib/releases/index.ts';
import { listEndingTokens, readDueOutgoing, type SlackJob } from '../lib/slack/index.ts';
import { type DirectDoor, directDoor } from './middleware/direct-door.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), SLACK_JOBS_QUEUE_URL: z.url() });

type SweepApp = BaseApp & { readonly table: Table; readonly slackJobs: Queue<SlackJob> };

const payload = z.object({ scheduledTime: z.iso.datetime() });

/** So many of each a run; what is more waits for the next one. */
const limit = 500;
/** Whoever stored something works on it at once; a minute later it has been left behind. */
const leftBehindAfterMs = 60_000;

interface Swept {
  readonly messages: number;
  readonly deploys: number;
  readonly tokens: number;
}

/** Every five minutes: hands to the queue what a crash, or Slack's being away, has left unsaid, and tokens that end soon. */
export const door = {
  name: 'sweep-slack-messages',
  payload,
  handle: async (app) => {
    const now = app.clock.now();
    const [ids, notices, teamIds] = await Promise.all([
      readDueOutgoing(app.table, { now: isoTime(now), limit }),
      readNoticesBefore(app.table, { before: isoTime(now - leftBehindAfterMs), limit }),
      listEndingTokens(app, limit),
    ]);
    await app.slackJobs.send([
      // First of all: the others may need them.
      ...teamIds.map((teamId) => ({ kind: 'token-renewal', teamId }) as const),
      ...notices.map((notice) => ({ kind: 'deploy-notice', ...notice }) as const),
      ...ids.map((id) => ({ kind: 'outgoing-message', id }) as const),
    ]);
    return { messages: ids.length, deploys: notices.length, tokens: teamIds.length };
  },
} satisfies DirectDoor<SweepApp, typeof payload, Swept>;

export const handler = directDoor<SweepApp, typeof payload, Swept>(
  door,
  appSource(settings, (config) => ({
    table: openTable(config.TABLE_NAME),
    slackJobs: sqsQueue<SlackJob>(config.SLACK_JOBS_QUEUE_URL),
  })),
);
