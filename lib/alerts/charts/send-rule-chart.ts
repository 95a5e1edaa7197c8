import type { App } from '../../platform/app.ts';
import type { Delivery } from '../../platform/delivery.ts';
import { UnavailableError } from '../../platform/errors.ts';
import {
  escapeMrkdwn,
  findActiveWorkspace,
  postOnce,
  type Slack,
  SlackRefusedError,
  unlessSlackRefuses,
} from '../../slack/index.ts';
import { type AlertRule, loadRule } from '../alert-rule-store.ts';
import { messages } from '../messages.ts';
import type { ChartInput } from './chart-input.ts';
import type { RuleChartJob } from './chart-job.ts';
import { beginChartJob, recordChartJob, type StoredChartJob } from './chart-job-store.ts';
import { altTextCharacters, describeChart } from './describe-chart.ts';
import { type ChartReadingApp, readRuleChart } from './read-rule-chart.ts';
import { takeChartJob } from './take-chart-job.ts';

/** What sending a chart needs of the outside world. */
export type ChartApp = ChartReadingApp &
  Pick<App, 'log' | 'metrics'> & {
    readonly slack: Slack;
    /** The picture as PNG. */
    readonly draw: (input: ChartInput) => Promise<Uint8Array>;
  };

const eventType = 'postflow_chart';
const counter = 'integrations.slack.chart';
const hourMs = 3_600_000;

/** A job that was taken, and what it is about. */
interface Work {
  readonly job: RuleChartJob;
  readonly taken: StoredChartJob;
  readonly slack: Slack;
}

/**
 * Draws the chart of a rule into a thread, once, however often the message comes:
 *
 *     taken → drawn → uploaded (nobody sees it) → its id stored → shared → stored as sent
 *                                                        └ a crash here: looked for by that id before it is shared again
 *
 * What cannot be drawn or uploaded becomes the same numbers as text; what Slack refuses is said to the one who asked.
 * @throws UnavailableError, SlackBusyError, SlackUncertainError when it is worth trying again later
 */
export async function sendRuleChart(app: ChartApp, job: RuleChartJob, delivery: Delivery): Promise<void> {
  const nowMs = app.clock.now();
  const seen = await beginChartJob(app, delivery.messageId, job, nowMs);
  if (seen === undefined) return app.metrics.count(`${counter}.repeated`);
  if (seen.state !== 'pending') return;
  const taken = await takeChartJob(app, seen, nowMs);
  await finish(app, { job, taken, slack: app.slack.within(delivery.remainingMs) }, seen);
}

async function finish(app: ChartApp, work: Work, seen: StoredChartJob): Promise<void> {
  const { job, taken, slack } = work;
  let numbers: string | undefined;
  try {
    const [rule, workspace] = await Promise.all([loadRule(app, job.ruleId), findActiveWorkspace(app, job)]);
    // A workspace that is gone has nobody to be told.
    if (workspace === undefined) return await end(app, taken, 'refused');
    if (rule === undefined || rule.organization !== job.organization) {
      await tell(app, work, messages.chartRuleGone);
      return await end(app, taken, 'refused');
    }
    const untilMs = app.clock.now();
    const input = await readRuleChart(app, { rule, fromMs: untilMs - job.hours * hourMs, untilMs });
    numbers = input === undefined ? messages.chartTooMuch(rule.name) : describeChart(input);
    await send(app, { ...work, slack }, { rule, input, numbers, seen });
    await end(app, taken, 'sent');
  } catch (error) {
    if (!(error instanceof SlackRefusedError)) {
      await recordChartJob(app, taken, { claimedUntil: undefined });
      throw error;
    }
    app.log.warn('Slack refused a chart', { slackError: error.slackError, ruleId: job.ruleId, channel: job.channelId });
    await tell(app, work, messages.chartRefused(error.message, escapeMrkdwn(numbers ?? '')));
    await end(app, taken, 'refused');
  }
}

async function end(app: ChartApp, taken: StoredChartJob, state: 'sent' | 'refused'): Promise<void> {
  await recordChartJob(app, taken, { state, claimedUntil: undefined });
  app.metrics.count(`${counter}.${state === 'sent' ? 'success' : 'failure'}`);
}

interface Picture {
  readonly rule: AlertRule;
  readonly input: ChartInput | undefined;
  readonly numbers: string;
  /** The job as it was before it was taken. */
  readonly seen: StoredChartJob;
}

async function send(app: ChartApp, work: Work, picture: Picture): Promise<void> {
  const { job, taken, slack } = work;
  const { rule, numbers, seen } = picture;
  const place = { channel: job.channelId, threadTs: job.threadTs };
  const sinceMs = Date.parse(taken.createdAt);
  if (seen.fileId !== undefined) {
    const search = slack.findShared(job.teamId, { ...place, fileId: seen.fileId, sinceMs });
    if ((await unlessSlackRefuses(app, search)) !== undefined) return;
  }
  const text = escapeMrkdwn(numbers);
  const fileId = seen.fileId ?? (seen.mayBePosted ? undefined : await upload(app, work, picture));
  if (fileId !== undefined) {
    await keep(app, taken, { fileId });
    return slack.shareFile(job.teamId, { ...place, fileId, title: rule.name, comment: text });
  }
  await keep(app, taken, { mayBePosted: true });
  const posting = { ...place, message: { text }, mark: { eventType, id: taken.id } };
  await postOnce({ ...app, slack }, job.teamId, {
    posting,
    firstTriedAt: seen.mayBePosted ? seen.firstClaimedAt : undefined,
  });
}

/** Remembers what is about to be seen. @throws UnavailableError when another sender has taken the job meanwhile */
async function keep(
  app: ChartApp,
  taken: StoredChartJob,
  fact: Pick<Partial<StoredChartJob>, 'fileId' | 'mayBePosted'>,
) {
  if (!(await recordChartJob(app, taken, fact))) throw new UnavailableError(messages.chartClaimed, 1);
}

/** The id of the picture at Slack; undefined when it could not be drawn or uploaded: somebody waits, and text is soon there. */
async function upload(app: ChartApp, { job, slack }: Work, { input, numbers }: Picture): Promise<string | undefined> {
  if (input === undefined) return undefined;
  try {
    const bytes = await app.draw(input);
    const altText = numbers.slice(0, altTextCharacters);
    return await slack.uploadFile(job.teamId, { name: `rule-${job.ruleId}.png`, altText, bytes });
  } catch (error) {
    if (error instanceof SlackRefusedError) throw error;
    app.log.error('a chart could not be drawn or uploaded; its numbers are sent as text', error, {
      ruleId: job.ruleId,
    });
    app.metrics.count(`${counter}.text_instead`);
    return undefined;
  }
}

/** Says something to the one who asked, where that is still possible. */
async function tell(app: ChartApp, { job, slack }: Work, text: string): Promise<void> {
  if (job.responseUrl === undefined) return;
  await unlessSlackRefuses(app, slack.respond(job.responseUrl, { text }));
}
