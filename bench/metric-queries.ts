import { type QueryRequest, queryMetrics } from '../lib/metrics/index.ts';
import { fillHistories, type History } from './metric-history.ts';
import { type MetricStage, setMetricStage } from './metric-stage.ts';
import { printTable, timed, timing, writeResults } from './results.ts';
import { withEngines } from './stage.ts';

// node bench/metric-queries.ts [runs]: what answering queries asks of DynamoDB and how long it takes, and how both grow with
// points, series and time. Prints a table and writes bench/results/metric-queries.json; ends with 1 when a question costs more
// than it may, or reading grows with the number of points.

/** What one query asks for and takes. */
export interface QueryRow {
  readonly name: string;
  readonly points: number;
  readonly series: number;
  readonly rows: number;
  readonly requests: number;
  readonly readUnits: number;
  readonly medianMs: number;
  readonly leastMs: number;
}

interface Question {
  readonly name: string;
  readonly of: History;
  readonly ask: Pick<QueryRequest, 'query' | 'intervalSeconds' | 'totals'>;
  readonly rangeSeconds: number;
}

/** Requests and read units that each question may cost at most, in their order. */
const ceilings: readonly (readonly [requests: number, readUnits: number])[] = [
  ...([
    [4, 35],
    [4, 35],
    [4, 35],
  ] as const),
  ...([
    [4, 55],
    [4, 135],
    [6, 350],
  ] as const),
  ...([
    [1, 1],
    [1, 1],
    [1, 1],
  ] as const),
  ...([
    [5, 335],
    [26, 3_350],
  ] as const),
  ...([
    [1, 6],
    [1, 57],
  ] as const),
  ...([
    [4, 10],
    [4, 19],
  ] as const),
  ...([
    [1, 7],
    [2, 26],
  ] as const),
  [3, 255],
  [1, 37],
];
/** Larger numbers have more digits, and no more. */
const mostGrowth = 1.1;
const runs = Number(process.argv[2] ?? 7);
const [minute, hour, day] = [60, 3_600, 86_400] as const;
const aDay = { stepSeconds: minute, steps: day / minute };
const aMonth = { stepSeconds: hour, steps: 30 * 24 };

const counters = [1_440, 144_000, 1_008_000].map((points): History => history('c', 1, points, aDay));
const loads = [14_400, 144_000, 1_008_000].map((points): History => history('d', 1, points, aDay));
const routes = [10, 100].map((series): History => history('c', series, 1_440 * series, aDay));
const monthly = [1, 10].map((series): History => history('d', series, 7_200 * series, aMonth));
const users = history('s', 1, 1_008_000, aDay);

const questions: readonly Question[] = [
  ...counters.map((of) => asked('sum, 24 h at 1 minute', of, 'sum', day, minute)),
  ...loads.map((of) => asked('p95, 24 h at 1 minute', of, 'p95', day, minute)),
  ...loads.map((of) => asked('p95 over 24 h', of, 'p95', day)),
  ...routes.map((of) => asked('sum, 24 h at 1 minute', of, 'sum', day, minute)),
  ...routes.map((of) => asked(`sum in ${of.series} groups, 24 h at 1 hour`, of, 'sum', day, hour, ' by series')),
  ...[6 * hour, 12 * hour].map((range) =>
    asked(`sum, ${range / hour} h at 1 minute`, counters[0] ?? users, 'sum', range, minute),
  ),
  ...[7, 30].map((days) => asked(`p95, ${days} days at 1 hour`, monthly[0] ?? users, 'p95', days * day, hour)),
  asked('p95 in 10 groups, 30 days at 1 hour', monthly[1] ?? users, 'p95', 30 * day, hour, ' by series'),
  asked('different members in 24 h', users, 'uniq', day),
];

const rows: QueryRow[] = [];
await withEngines(async (engines) => {
  const stage = await setMetricStage(engines);
  // The end of a day, so that ranges of whole days are whole buckets.
  stage.app.clock.set('2026-03-02T00:00:00Z');
  await fillHistories(stage, [...new Set(questions.map(({ of }) => of))]);
  for (const question of questions) rows.push(await measure(stage, question));
});
printTable(rows);
writeResults('metric-queries', { rows });
const excess = rows.filter(({ requests, readUnits }, index) => {
  const [mostRequests = 0, mostUnits = 0] = ceilings[index] ?? [];
  return requests > mostRequests || readUnits > mostUnits;
});
if (excess.length > 0) {
  console.error(
    `more than it may be: ${excess.map(({ name, series, points }) => `${name} (${series} series, ${points} points)`).join(', ')}`,
  );
  process.exitCode = 1;
}
if (growth(counters) > mostGrowth) {
  console.error('reading grows with the number of points');
  process.exitCode = 1;
}

/** How many times as much is read where there are most points, of what is read where there are fewest. */
function growth(histories: readonly History[]): number {
  const units = histories.map(
    (history) => rows[questions.findIndex(({ of }) => of === history)]?.readUnits ?? Number.NaN,
  );
  return Math.max(...units) / Math.min(...units);
}

function history(
  type: History['type'],
  series: number,
  points: number,
  moments: Pick<History, 'stepSeconds' | 'steps'>,
): History {
  // Letters only: names of the language have no digits.
  const name = `bench_${type}_${spelled(series)}_${spelled(points)}`;
  return { name, type, series, points, ...moments };
}

function spelled(number: number): string {
  return [...String(number).padStart(7, '0')].map((digit) => String.fromCharCode(97 + Number(digit))).join('');
}

function asked(
  name: string,
  of: History,
  aggregate: string,
  rangeSeconds: number,
  intervalSeconds?: number,
  groups = '',
): Question {
  const query = `${aggregate}(${of.type}:custom/${of.name}@none)${groups}`;
  return { name, of, rangeSeconds, ask: { query, intervalSeconds, totals: intervalSeconds === undefined } };
}

async function measure(
  { app, projectId, meter }: MetricStage,
  { name, of, ask, rangeSeconds }: Question,
): Promise<QueryRow> {
  const endSeconds = app.clock.now() / 1_000;
  const times = { startSeconds: endSeconds - rangeSeconds, endSeconds };
  const request = { ...ask, ...times, organizations: ['acme'], projectIds: [projectId], limit: 10_000 };
  const once = () => timed(() => queryMetrics(app, [request]));
  const { result: first, consumed } = await meter.during(once);
  const all: number[] = [];
  for (let run = 0; run < runs; run += 1) all.push((await once()).ms);
  const { p50Ms: medianMs, minMs: leastMs } = timing(all);
  const { points, series } = of;
  const { requests, readUnits } = consumed;
  return { name, points, series, rows: first.result[0]?.rows.length ?? 0, requests, readUnits, medianMs, leastMs };
}
