import { randomUUID } from 'node:crypto';
import { createTable, localDynamoDbClient } from '../infra/local/engines/dynamodb.ts';
import { mainTable } from '../infra/tables.ts';
import { createIssue } from '../lib/issues/index.ts';
import { shortId } from '../lib/issues/short-id.ts';
import { lookUp } from '../lib/platform/lookup.ts';
import type { SentCommit } from '../lib/releases/commit-body.ts';
import type { Release } from '../lib/releases/release-record.ts';
import { releaseLookup } from '../lib/releases/release-store.ts';
import { saveRelease } from '../lib/releases/save-release.ts';
import { setCommits } from '../lib/releases/set-commits.ts';
import type { Engines } from '../tests/support/app-over-engines.ts';
import { type CapacityMeter, type Consumption, capacityMeter } from '../tests/support/capacity-meter.ts';
import { commitsOf } from '../tests/support/commits-of.ts';
import { rowsIn } from './naive/rows.ts';
import { setCommitsNaively } from './naive/set-commits.ts';
import { printTable, timed, writeResults } from './results.ts';
import { setStage, withEngines } from './stage.ts';

// node bench/compare.ts [counts …]: the specified algorithm walked statement after statement, beside ours, on one engine and
// in turns. Ratios say how many times more the walk needs. Prints tables, writes bench/results/compare.json.

/** What one step took: ours, the walk, and how many times more the walk. */
export interface Comparison {
  readonly name: string;
  readonly ms: Pair;
  readonly requests: Pair;
  /** Of capacity, for reads and writes together. */
  readonly units: Pair;
}

interface Pair {
  readonly ours: number;
  readonly naive: number;
  readonly ratio: number;
}

/** Sets commits of one release, time and again. */
interface Contender {
  readonly meter: CapacityMeter;
  set(commits: readonly SentCommit[]): Promise<unknown>;
  /** How many commits the release has now. */
  count(): Promise<number>;
}

interface Measured extends Omit<Consumption, 'operations'> {
  readonly ms: number;
}

const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [20, 1_000];
const authors = 20;
const filesEach = 3;
const comparisons: Comparison[] = [];

await withEngines(async (engines) => {
  for (const count of counts) {
    comparisons.push(...(await compare(engines, count)));
  }
});
writeResults('compare', { workload: { authors, filesEach, fixes: 'one commit in a hundred' }, comparisons });

async function compare(engines: Engines, count: number): Promise<Comparison[]> {
  const fixes = Math.ceil(count / 100);
  const list = { count, authors, filesEach, fixes };
  const steps: Record<string, readonly SentCommit[]> = {
    [`${count} commits`]: commitsOf(list),
    [`the same ${count} again`]: commitsOf(list),
    [`${count} others instead`]: commitsOf({ ...list, name: 'others', fixes: 0 }),
  };
  const runs = count < 100 ? 9 : 2;
  const measured = new Map(
    Object.keys(steps).map((name) => [name, { ours: [] as Measured[], naive: [] as Measured[] }]),
  );
  // What runs first of all compiles and connects: that run does not count.
  for (let run = comparisons.length === 0 ? -1 : 0; run < runs; run += 1) {
    const contenders = { ours: await ourWay(engines, fixes), naive: await naiveWay(engines, fixes) };
    for (const [name, commits] of Object.entries(steps)) {
      for (const who of ['ours', 'naive'] as const) {
        const figures = await measure(contenders[who], commits);
        if (run >= 0) measured.get(name)?.[who].push(figures);
      }
    }
  }
  const rows = [...measured].map(([name, { ours, naive }]) => sideBySide(name, ours, naive));
  printTable(rows.map(flat));
  return rows;
}

async function measure({ meter, set, count }: Contender, commits: readonly SentCommit[]): Promise<Measured> {
  const { result, consumed } = await meter.during(() => timed(() => set(commits)));
  const listed = await count();
  if (listed !== commits.length) throw new Error(`the release has ${listed} of ${commits.length} commits`);
  const { requests, readUnits, writeUnits } = consumed;
  return { ms: result.ms, requests, readUnits, writeUnits };
}

async function ourWay(engines: Engines, issues: number): Promise<Contender> {
  const { acme, meter } = await setStage(engines);
  for (let number = 1; number <= issues; number += 1) {
    await createIssue(acme.app, { organization: 'acme', project: 'web', title: `Issue number ${number}` });
  }
  const at = { organization: 'acme', version: '1.0' };
  await saveRelease(acme.app, at, undefined, { projectIds: [acme.web.id] });
  const read = async (): Promise<Release> => {
    const [release] = await lookUp(acme.app.table, [releaseLookup(at.organization, at.version)]);
    if (release === undefined) throw new Error('the release is gone');
    return release;
  };
  return {
    meter,
    set: async (commits) => setCommits(acme.app, { release: await read(), commits }),
    count: async () => (await read()).commitList?.count ?? 0,
  };
}

async function naiveWay(engines: Engines, issues: number): Promise<Contender> {
  const tableName = `naive-${randomUUID()}`;
  await createTable(engines.dynamoDbEndpoint, { tableName, shape: mainTable });
  const meter = capacityMeter();
  const client = localDynamoDbClient(engines.dynamoDbEndpoint);
  meter.watch(client);
  const rows = rowsIn(tableName, client);
  for (let number = 1; number <= issues; number += 1) {
    const id = shortId('web', number);
    await rows.insert({ pk: 'ISSUE#acme', sk: id, title: `Issue number ${number}`, status: 'unresolved' });
    await rows.insert({ pk: `INBOX#${id}`, sk: 'INBOX', reason: 'new' });
  }
  await rows.insert({ pk: 'RELEASE#acme#1.0', sk: 'RELEASE', version: '1.0' });
  return {
    meter,
    set: (commits) => setCommitsNaively(rows, { organization: 'acme', release: '1.0', commits }),
    count: async () => (await rows.under('RELEASE_COMMIT#acme#1.0')).length,
  };
}

function sideBySide(name: string, ours: readonly Measured[], naive: readonly Measured[]): Comparison {
  const figure = (of: (run: Measured) => number): Pair => pair(of(middle(ours)), of(middle(naive)));
  return {
    name,
    ms: figure(({ ms }) => Math.round(ms)),
    requests: figure(({ requests }) => requests),
    units: figure(({ readUnits, writeUnits }) => Math.round(readUnits + writeUnits)),
  };
}

/** The run whose time is the middle one; what else was measured is the same in all of them. */
function middle(runs: readonly Measured[]): Measured {
  const run = runs.toSorted((one, other) => one.ms - other.ms)[Math.floor((runs.length - 1) / 2)];
  if (run === undefined) throw new Error('nothing was measured');
  return run;
}

function pair(ours: number, naive: number): Pair {
  return { ours, naive, ratio: Math.round((naive / ours) * 10) / 10 };
}

function flat({ name, ...pairs }: Comparison): { readonly name: string } {
  const columns = Object.entries(pairs).flatMap(([figure, { ours, naive, ratio }]) => [
    [`${figure} ours`, ours],
    [`${figure} naive`, naive],
    [`${figure} ratio`, ratio],
  ]);
  return { name, ...Object.fromEntries(columns) };
}
