import { createDigest } from '../lib/alerts/digests/save-digest.ts';
import { type DigestJob, digestBody, scheduleAlerts, sendDigest } from '../lib/alerts/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import type { Consumption } from '../tests/support/capacity-meter.ts';
import { slackChannels, startSlackServer } from '../tests/support/slack-server.ts';
import { type AlertStage, countPoints, makeRules, withSlack } from './alert-stage.ts';
import { timed } from './results.ts';

/** What sending a digest of a week asks for and takes, drawing left out. */
export interface DigestRow {
  readonly name: string;
  readonly rules: number;
  /** Different ones, in all. */
  readonly metrics: number;
  readonly readRequests: number;
  readonly writeRequests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly ms: number;
}

/** Requests of a sending: what is the same for each, what a rule adds (its incidents, and the token for the two calls of its picture), and what a metric does. */
const ceilings = { reads: 8, readsOfARule: 3, readsOfAMetric: 2, writes: 4 };
const weekSeconds = 604_800;
const hourMs = 3_600_000;

/** Digests of a week, sent once when they are due: of one rule, and of as many as one may have. */
export async function digestSendings(setStage: () => Promise<AlertStage>): Promise<DigestRow[]> {
  return [
    await sending(await setStage(), { name: '1 rule', rules: 1, metrics: 1 }),
    await sending(await setStage(), { name: '10 rules of 1 metric', rules: 10, metrics: 1 }),
    await sending(await setStage(), { name: '10 rules of 10 metrics', rules: 10, metrics: 10 }),
  ];
}

/** The rows that ask for more than they may. */
export function tooDear(rows: readonly DigestRow[]): readonly DigestRow[] {
  const { reads, readsOfARule, readsOfAMetric, writes } = ceilings;
  return rows.filter(
    ({ rules, metrics, readRequests, writeRequests }) =>
      readRequests > reads + readsOfARule * rules + readsOfAMetric * metrics || writeRequests > writes,
  );
}

type Size = Pick<DigestRow, 'name' | 'rules' | 'metrics'>;

async function sending(stage: AlertStage, size: Size): Promise<DigestRow> {
  const { name, metrics } = size;
  const { app, projectId, meter } = stage;
  const place = { organization: 'acme', projectId };
  const slackServer = await startSlackServer(app.clock);
  const world = { ...(await withSlack(stage, slackServer.apiUrl)), draw: async () => new Uint8Array(9) };
  // A point in each hour of a week.
  await countPoints(stage, place, metrics, weekSeconds / 3_600, 3_600);
  const rules = await makeRules(stage, place, { count: size.rules, metrics });
  const wanted = { name, rules: rules.map(({ id }) => id), schedule: '0 * * * *', period: '7d' };
  const body = digestBody.parse({ ...wanted, inputChannelId: slackChannels.alerts.id });
  await createDigest(world, { caller: place, body });
  app.clock.advance(hourMs - (app.clock.now() % hourMs));
  await scheduleAlerts(app, { scheduledTime: isoTime(app.clock.now()) });
  const jobs = app.charts.takeAll().filter((job): job is DigestJob => job.kind === 'digest');
  const delivery = { messageId: 'm', attempt: 1, lastAttempt: false, remainingMs: 60_000 };
  const { result, consumed } = await meter.during(() =>
    timed(async () => {
      for (const job of jobs) await sendDigest(world, job, delivery);
    }),
  );
  const shown = slackServer
    .messages()
    .flatMap(({ attachments = [] }) => attachments.flatMap((one) => one.blocks ?? []));
  await slackServer.stop();
  if (shown.filter(({ type }) => type === 'image').length !== size.rules) throw new Error('not every rule is shown');
  return rowOf(size, consumed, result.ms);
}

function rowOf(size: Size, { operations, requests, readUnits, writeUnits }: Consumption, ms: number): DigestRow {
  const reads = ['BatchGetItem', 'GetItem', 'Query'].map((operation) => operations[operation] ?? 0);
  const readRequests = reads.reduce((sum, count) => sum + count, 0);
  return { ...size, readRequests, writeRequests: requests - readRequests, readUnits, writeUnits, ms: Math.round(ms) };
}
