import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { itemType } from '../../platform/item-type.ts';
import { ConditionFailedError, notThere, type WriteAction } from '../../platform/table.ts';
import { type ClaimTimes, changePending, claimed, neverSent, sendingFields } from '../../slack/index.ts';
import type { IncidentChartJob, LinkChartJob, RuleChartJob } from './chart-job.ts';

const keptSeconds = 86_400;
/** Somebody who presses again before would get the same picture again. */
const samePictureMs = 60_000;

const epochSecondsOf = (iso: string) => Math.floor(Date.parse(iso) / 1_000);

const chartJob = itemType({
  name: 'chart job',
  schema: z.object({
    /** The same however often the message comes: the id of that, the change of an incident and its target, or an event of Slack and a link. */
    id: z.string(),
    createdAt: z.string(),
    /** Obsolete is the chart of what has changed or gone before it could be drawn. */
    state: z.enum(['pending', 'sent', 'refused', 'obsolete']),
    ...sendingFields,
    /** The picture at Slack, from before anybody could see it. */
    fileId: z.string().optional(),
  }),
  key: (id: string) => ({ pk: `CHART_JOB#${id}`, sk: 'CHART_JOB' }),
  address: ({ id }) => id,
  expiresAt: ({ createdAt }) => epochSecondsOf(createdAt) + keptSeconds,
});

const lastChart = itemType({
  name: 'last chart of a thread',
  schema: z.object({ place: z.string(), jobId: z.string(), askedAt: z.string() }),
  key: (place: string) => ({ pk: `CHART_PLACE#${place}`, sk: 'CHART_PLACE' }),
  address: ({ place }) => place,
  expiresAt: ({ askedAt }) => epochSecondsOf(askedAt) + keptSeconds,
});

/** How far the work on a message of the charts queue has come. */
export type StoredChartJob = ReturnType<typeof chartJob.fromItem>;

/**
 * The state of a job, which begins with the first call. Undefined when the same chart was asked for in the same thread
 * within the last minute: that one is enough.
 */
export async function beginChartJob(
  app: Pick<App, 'table'>,
  jobId: string,
  { teamId, channelId, threadTs = '-', ruleId, hours }: RuleChartJob,
  nowMs: number,
): Promise<StoredChartJob | undefined> {
  const place = [teamId, channelId, threadTs, ruleId, hours].join('#');
  const longAgo = new Date(nowMs - samePictureMs).toISOString();
  const isAnother = {
    expression: 'attribute_not_exists(pk) OR #askedAt <= :longAgo',
    names: { '#askedAt': 'askedAt' },
    values: { ':longAgo': longAgo },
  };
  const askedAt = isoTime(nowMs);
  return begin(app, jobId, nowMs, [{ put: lastChart.toItem({ place, jobId, askedAt }), onlyIf: isAnother }]);
}

/** The state of the job that gives a notification's message its chart; it begins with the first call, and there is one. */
export async function beginIncidentChart(
  app: Pick<App, 'table'>,
  { organization, incident, change, target }: IncidentChartJob,
  nowMs: number,
): Promise<StoredChartJob | undefined> {
  return begin(app, `${organization}/${incident}/${change}/${target}`, nowMs, []);
}

/** The state of the job that gives a shared link its chart; it begins with the first call, and there is one for each time that it is shown. */
export async function beginLinkChart(
  app: Pick<App, 'table'>,
  { teamId, eventId, url }: LinkChartJob,
  nowMs: number,
): Promise<StoredChartJob | undefined> {
  const link = createHash('sha256').update(url).digest('base64url');
  return begin(app, `${teamId}/${eventId}/${link}`, nowMs, []);
}

async function begin(
  { table }: Pick<App, 'table'>,
  id: string,
  nowMs: number,
  more: readonly WriteAction[],
): Promise<StoredChartJob | undefined> {
  const job: StoredChartJob = { id, createdAt: isoTime(nowMs), state: 'pending', ...neverSent };
  try {
    await table.write([{ put: chartJob.toItem(job), onlyIf: notThere }, ...more]);
    return job;
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const begun = await table.get(chartJob.key(id), { consistent: true });
    return begun && chartJob.fromItem(begun);
  }
}

/** Takes a pending job; undefined when somebody else was faster. Nothing can have been posted before that is recorded. */
export async function claimChartJob(
  app: Pick<App, 'table'>,
  seen: StoredChartJob,
  times: ClaimTimes,
): Promise<StoredChartJob | undefined> {
  const taken = claimed(seen, times);
  const { attempts, claimedUntil, firstClaimedAt } = taken;
  const hasTaken = await changePending(app, chartJob.key(seen.id), seen, { attempts, claimedUntil, firstClaimedAt });
  return hasTaken ? taken : undefined;
}

/** What a job that was taken stores on its way: before the picture is shared, when it is given back, and at its end. */
export async function recordChartJob(
  app: Pick<App, 'table'>,
  taken: StoredChartJob,
  changes: Partial<Pick<StoredChartJob, 'state' | 'fileId' | 'mayBePosted' | 'claimedUntil'>>,
): Promise<boolean> {
  return changePending(app, chartJob.key(taken.id), taken, changes);
}
