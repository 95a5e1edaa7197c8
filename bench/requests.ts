import { authenticateToken } from '../lib/organizations/index.ts';
import type { Engines } from '../tests/support/app-over-engines.ts';
import type { Consumption } from '../tests/support/capacity-meter.ts';
import type { CommitListOptions } from '../tests/support/commits-of.ts';
import { createIssues, resolveIssues } from './issue-calls.ts';
import {
  createDeploy,
  createRelease,
  listProjectReleases,
  listReleases,
  readRelease,
  setCommits,
} from './release-calls.ts';
import { printTable, writeResults } from './results.ts';
import { type Stage, type StageRequest, setStage, withEngines } from './stage.ts';

// node bench/requests.ts: what each operation asks of DynamoDB, in requests and in units of capacity, as the engine tells
// it. These figures do not depend on the machine. Prints a table and writes bench/results/requests.json.

/** What an operation consumed. */
export interface Row extends Consumption {
  readonly name: string;
}

const rows: Row[] = [];

await withEngines(async (engines) => {
  await measureReleases(engines);
  for (const count of [20, 1_000, 10_000]) await measureCommits(engines, count);
  for (const count of [1, 20, 100]) await measureIssues(engines, count);
  await measureReads(engines);
});

printTable(rows.map(({ operations, ...row }) => ({ ...row, operations: operationsInWords(operations) })));
writeResults('requests', { operations: rows });

async function measureReleases(engines: Engines): Promise<void> {
  const stage = await setStage(engines);
  await measure(stage, 'create a release, token not yet known', () => stage.call(createRelease('1')));
  await measure(stage, 'create a release, token known', () => stage.call(createRelease('2')));
  await measure(stage, 'the same release again', () => stage.call(createRelease('2')));
  const authorization = `Bearer ${await stage.acme.token(['org:ci'])}`;
  const check = () => authenticateToken(stage.acme.app, authorization);
  await measure(stage, 'check a token', check);
  await measure(stage, 'check it again within 60 s', check);
}

/** Each kind of list on a release of its own, so that authors and files show as what they add. */
async function measureCommits(engines: Engines, count: number): Promise<void> {
  const stage = await setStage(engines);
  const kinds: Record<string, Partial<CommitListOptions>> = {
    'without authors and files': {},
    'of ≤ 100 authors': { authors: 100 },
    'of 3 files each': { filesEach: 3 },
    'of ≤ 100 authors and 3 files each': { authors: 100, filesEach: 3 },
  };
  // The repository and the token are known from here on.
  await stage.call(createRelease('first'));
  await stage.call(setCommits('first', { count: 1 }));
  for (const [kind, options] of Object.entries(kinds)) {
    await stage.call(createRelease(kind));
    await measure(stage, `set ${count} commits ${kind}`, () => stage.call(setCommits(kind, list(kind, options))));
  }
  const [kind, options] = Object.entries(kinds).at(-1) ?? ['', {}];
  await measure(stage, `the same ${count} commits again`, () => stage.call(setCommits(kind, list(kind, options))));
  const longer = { ...list(kind, options), count: count + 1 };
  await measure(stage, `the ${count} commits and one more`, () => stage.call(setCommits(kind, longer)));

  function list(name: string, more: Partial<CommitListOptions>): CommitListOptions {
    return { count, name, ...more };
  }
}

async function measureIssues(engines: Engines, count: number): Promise<void> {
  const stage = await setStage(engines);
  const issues = await createIssues(stage, count);
  await measure(stage, `resolve ${issuesInWords(count)} in a release`, () => resolveIssues(stage, issues, '1'));
  await measure(stage, `the same again: ${issuesInWords(count)}`, () => resolveIssues(stage, issues, '1'));
}

async function measureReads(engines: Engines): Promise<void> {
  const stage = await setStage(engines);
  // Twenty newer ones have no commits.
  const version = 'web@1.99.0';
  for (let minor = 0; minor < 120; minor += 1) {
    await stage.call(createRelease(`web@1.${minor}.0`));
    stage.acme.app.clock.advance(1_000);
  }
  await stage.call(setCommits(version, { count: 200, authors: 10, filesEach: 3 }));
  const reads: Record<string, StageRequest> = {
    'list 100 releases of an organization': listReleases(),
    'list 100 releases in the order of their versions': listReleases({ sort: 'semver' }),
    'list 100 releases of a project': listProjectReleases(),
    'show a release': readRelease(version),
    'list 100 of its commits': readRelease(version, '/commits'),
    'list 100 of its files': readRelease(version, '/commitfiles'),
    'find the release with commits before one': readRelease('web@1.100.0', '/previous-with-commits'),
    'the same, with 19 releases without in between': readRelease('web@1.119.0', '/previous-with-commits'),
    'record a deploy': createDeploy(version),
    'record another': createDeploy(version),
    'list its deploys': readRelease(version, '/deploys'),
  };
  for (const [name, request] of Object.entries(reads)) await measure(stage, name, () => stage.call(request));
}

async function measure(stage: Stage, name: string, work: () => Promise<unknown>): Promise<void> {
  rows.push({ name, ...(await stage.meter.during(work)).consumed });
}

function issuesInWords(issues: number): string {
  return issues === 1 ? '1 issue' : `${issues} issues`;
}

function operationsInWords(operations: Consumption['operations']): string {
  return Object.entries(operations)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
