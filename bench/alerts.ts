import { renderAlert } from '../lib/alerts/index.ts';
import type { Consumption } from '../tests/support/capacity-meter.ts';
import { slackChannels, slackWorkspace, startSlackServer } from '../tests/support/slack-server.ts';
import {
  type AlertStage,
  countPoints,
  evaluateAll,
  foundPlace,
  makeRules,
  metricName,
  type Place,
  scheduleNext,
  setAlertStage,
  withSlack,
} from './alert-stage.ts';
import { type DigestRow, digestSendings, tooDear } from './digest-sendings.ts';
import { printTable, timed, writeResults } from './results.ts';
import { withEngines } from './stage.ts';

// node bench/alerts.ts [organizations] [arrivals]: what looking at rules costs and how many are looked at in a second, ten thousand that are
// due in the same minute, how soon a point becomes a message, and what sending a digest costs. Prints tables and writes bench/results/alerts.json;
// ends with 1 when a quiet rule or a digest asks for more than it may, or a message comes too late.

/** What looking at some rules once asks for and takes; a row for all of them. */
export interface EvaluationRow {
  readonly name: string;
  readonly rules: number;
  /** Different ones, in all. */
  readonly metrics: number;
  readonly messages: number;
  readonly readRequests: number;
  readonly writeRequests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly ms: number;
  readonly perSecond: number;
}

/** How long after something a message was there. */
export interface LatencyRow {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
}

/** Requests for a quiet rule, and how long after the schedule a message may come. */
const ceilings = { reads: 2, writes: 1, afterScheduleMs: 5_000 };
/** infra/functions.ts: so long the queue waits for more points before it hands them to the worker. */
const pointsWindowMs = 10_000;
const rulesOfAnOrganization = 100;
const afterSchedule = 'after the schedule that could see it';
const organizations = Number(process.argv[2] ?? 100);
const arrivals = Number(process.argv[3] ?? 100);

const rows: EvaluationRow[] = [];
const latencies: LatencyRow[] = [];
const digests: DigestRow[] = [];
await withEngines(async (engines) => {
  for (const [count, metrics] of [
    [1, 1],
    [25, 1],
    [25, 25],
    [250, 10],
  ] as const) {
    const stage = await setAlertStage(engines);
    const place = { organization: 'acme', projectId: stage.projectId };
    await countPoints(stage, place, metrics, 10);
    await makeRules(stage, place, { count, metrics });
    const name = `${count} of a project, of ${metrics} ${metrics === 1 ? 'metric' : 'metrics'}`;
    // The first time, code is compiled.
    await evaluateAll(stage, await scheduleNext(stage));
    rows.push(await evaluate(stage, name, { rules: count, metrics }));
  }
  rows.push(...(await manyAtOnce(await setAlertStage(engines))));
  latencies.push(...(await pointsToMessages(await setAlertStage(engines))));
  digests.push(...(await digestSendings(() => setAlertStage(engines))));
});
printTable(rows);
printTable(latencies);
printTable(digests);
writeResults('alerts', { rows, latencies, digests });
const tooMuch = rows.filter(
  ({ rules, readRequests, writeRequests }) =>
    readRequests > ceilings.reads * rules || writeRequests > ceilings.writes * rules,
);
for (const { name } of [...tooMuch, ...tooDear(digests)]) {
  console.error(`too much is asked for: ${name}`);
  process.exitCode = 1;
}
if ((latencies.find(({ name }) => name === afterSchedule)?.p99Ms ?? Number.NaN) > ceilings.afterScheduleMs) {
  console.error('messages come too late');
  process.exitCode = 1;
}

type Size = Pick<EvaluationRow, 'rules' | 'metrics'>;

async function evaluate(stage: AlertStage, name: string, size: Size): Promise<EvaluationRow> {
  const messages = await scheduleNext(stage);
  const { result, consumed } = await stage.meter.during(() => timed(() => evaluateAll(stage, messages)));
  return rowOf(name, { ...size, messages: messages.length }, result.ms, consumed);
}

function rowOf(
  name: string,
  size: Size & Pick<EvaluationRow, 'messages'>,
  took: number,
  consumed: Consumption,
): EvaluationRow {
  const { operations, readUnits, writeUnits } = consumed;
  const readRequests = Object.entries(operations)
    .filter(([name]) => ['BatchGetItem', 'GetItem', 'Query'].includes(name))
    .reduce((sum, [, count]) => sum + count, 0);
  const writeRequests = consumed.requests - readRequests;
  const ms = Math.round(took);
  const perSecond = Math.round((size.rules * 1_000) / took);
  return { name, ...size, readRequests, writeRequests, readUnits, writeUnits, ms, perSecond };
}

/** Ten thousand rules that are due in the same minute. */
async function manyAtOnce(stage: AlertStage): Promise<EvaluationRow[]> {
  const metrics = 5;
  for (let number = 0; number < organizations; number += 1) {
    const place = await foundPlace(stage, `o${number}`);
    await countPoints(stage, place, metrics, 10);
    await makeRules(stage, place, { count: rulesOfAnOrganization, metrics });
  }
  const rules = organizations * rulesOfAnOrganization;
  const name = `${rules.toLocaleString('en-US')} of ${organizations} projects`;
  const scheduled = await stage.meter.during(() => timed(() => scheduleNext(stage)));
  const { ms, result: messages } = scheduled.result;
  const size = { rules, metrics: metrics * organizations, messages: messages.length };
  const handedOut = rowOf(`${name}: handed out`, size, ms, scheduled.consumed);
  const evaluated = await stage.meter.during(() => timed(() => evaluateAll(stage, messages)));
  return [handedOut, rowOf(`${name}: looked at`, size, evaluated.result.ms, evaluated.consumed)];
}

/** Points that arrive at any second of a minute, each too much for a rule of its own, and when the message stands in the channel. */
async function pointsToMessages(stage: AlertStage): Promise<LatencyRow[]> {
  const slackServer = await startSlackServer(stage.app.clock);
  const world = await withSlack(stage, slackServer.apiUrl);
  const place = { organization: 'acme', projectId: stage.projectId };
  const fromSchedule: number[] = [];
  const fromArrival: number[] = [];
  for (let number = 0; number < arrivals; number += 1) {
    const times = await arrive(stage, world, place, number);
    if (slackServer.messages().length !== number + 1) throw new Error('there is not one message for each point');
    fromSchedule.push(times.fromScheduleMs);
    fromArrival.push(times.fromArrivalMs);
  }
  await slackServer.stop();
  return [latencyOf(afterSchedule, fromSchedule), latencyOf('after the point arrived', fromArrival)];
}

/** One point on its way. Waiting is reckoned, working is measured. */
async function arrive(
  stage: AlertStage,
  world: Awaited<ReturnType<typeof withSlack>>,
  place: Place,
  number: number,
): Promise<{ readonly fromScheduleMs: number; readonly fromArrivalMs: number }> {
  const { clock, notifications } = stage.app;
  const { teamId } = slackWorkspace;
  const { id: channelId, name: channelName } = slackChannels.alerts;
  const actions = [{ type: 'slack' as const, teamId, channelId, channelName }];
  const [rule] = await makeRules(stage, place, {
    ...{ count: 1, metrics: 1, id: `${number + 1}` },
    triggers: [{ label: 'critical', threshold: 0, actions }],
  });
  clock.advance(Math.floor((number % 60) * 1_000));
  const arrivedMs = clock.now();
  await stage.send([`${metricName(0)}:1|c|T${Math.floor(arrivedMs / 1_000)}`]);
  clock.advance(pointsWindowMs);
  const counted = await timed(() => stage.count());
  const work = await timed(async () => {
    await evaluateAll(stage, await scheduleNext(stage));
    for (const address of notifications.takeAll()) await renderAlert(world, address);
  });
  const waitedMs = clock.now() - arrivedMs;
  const pk = `ALERT_RULE#${rule?.id}`;
  await stage.app.table.write(['RULE', `STATE#${place.projectId}`].map((sk) => ({ delete: { pk, sk } })));
  // The points of this one are not to be seen by the next.
  clock.advance(600_000);
  return { fromScheduleMs: work.ms, fromArrivalMs: waitedMs + counted.ms + work.ms };
}

function latencyOf(name: string, times: readonly number[]): LatencyRow {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  return { name, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) };
}
