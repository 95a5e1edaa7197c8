import { lookUp } from '../lib/platform/lookup.ts';
import { readCommitList } from '../lib/releases/commit-list-store.ts';
import { readCommits } from '../lib/releases/commit-store.ts';
import type { Release } from '../lib/releases/release-record.ts';
import { releaseLookup } from '../lib/releases/release-store.ts';
import { type CommitListOptions, commitsOf } from '../tests/support/commits-of.ts';
import { createRelease, setCommits } from './release-calls.ts';
import { timed, timing } from './results.ts';
import type { Stage } from './stage.ts';

/** What became of builds that set the commits of one release at the same time. */
export interface ParallelOutcome {
  readonly name: string;
  readonly succeeded: number;
  /** What the others were told. */
  readonly failures: Readonly<Record<string, number>>;
  /** How many of the lists that were sent are the one that is visible now: 1 for different lists. */
  readonly listsVisible: number;
  /** Commits that say they are in the release and are not in its list, or the other way round. */
  readonly mixed: number;
  readonly p50Ms: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly togetherMs: number;
}

/** How the lists of the builds go together: no commit in common, each a commit further than the one before, or all the same. */
export type ListKinship = 'different' | 'overlapping' | 'identical';

/** Has builds set the commits of one release at once and looks at what is there then. Token and repository are known. */
export async function setInParallel(
  stage: Stage,
  { builds, count, kinship }: { readonly builds: number; readonly count: number; readonly kinship: ListKinship },
): Promise<ParallelOutcome> {
  const version = '1.0';
  await stage.call(createRelease('before'));
  await stage.call(setCommits('before', { count: 1, name: 'before' }));
  await stage.call(createRelease(version));
  const listOf = (build: number): CommitListOptions => ({
    count,
    authors: 5,
    name: kinship === 'different' ? `build ${build}` : 'all',
    skip: kinship === 'overlapping' ? build : 0,
  });
  const { result: outcomes, ms: togetherMs } = await timed(() =>
    Promise.allSettled(
      Array.from({ length: builds }, (_, build) => timed(() => stage.call(setCommits(version, listOf(build))))),
    ),
  );
  const done = outcomes.filter((one) => one.status === 'fulfilled');
  const failures = outcomes.filter((one) => one.status === 'rejected').map(({ reason }) => String(reason));
  const sent = Array.from({ length: kinship === 'identical' ? 1 : builds }, (_, build) =>
    commitsOf(listOf(build)).map(({ id }) => id),
  );
  const release = await readRelease(stage, version);
  const visible = await readIds(stage, release);
  return {
    name: `${builds} builds, ${kinship} lists of ${count}`,
    succeeded: done.length,
    failures: Object.fromEntries(failures.map((one) => [one, failures.filter((other) => other === one).length])),
    listsVisible: sent.filter((ids) => ids.join() === visible.join()).length,
    mixed: await countMixed(stage, release, [...new Set(sent.flat())], new Set(visible)),
    ...timing(done.map(({ value }) => value.ms)),
    togetherMs: Math.round(togetherMs),
  };
}

async function readRelease({ acme }: Stage, version: string): Promise<Release> {
  const [release] = await lookUp(acme.app.table, [releaseLookup('acme', version)]);
  if (release === undefined) throw new Error('the release is gone');
  return release;
}

async function readIds({ acme }: Stage, { id, commitList }: Release): Promise<string[]> {
  if (commitList === undefined) return [];
  const { generation, count } = commitList;
  const listed = await readCommitList(acme.app.table, { releaseId: id, generation }, 0, count);
  return listed.map((commit) => commit.id);
}

/** A commit and the list of its release know of each other, or neither does. */
async function countMixed(
  { acme }: Stage,
  { version, commitList }: Release,
  ids: readonly string[],
  visible: ReadonlySet<string>,
): Promise<number> {
  const repositoryId = commitList?.lastCommit?.repository.id ?? '';
  const addresses = ids.map((id) => ({ organization: 'acme', repositoryId, id }));
  const commits = [...(await readCommits(acme.app.table, addresses, { consistent: true })).values()];
  return commits.filter(({ id, listedIn }) => (listedIn?.has(version) ?? false) !== visible.has(id)).length;
}
