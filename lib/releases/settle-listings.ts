import type { App } from '../platform/app.ts';
import { groupBySize } from '../platform/group-by-size.ts';
import { pauseBefore } from '../platform/retry-pause.ts';
import { ConditionFailedError, type WriteAction } from '../platform/table.ts';
import { type ListedCommit, readCommitList } from './commit-list-store.ts';
import { type Commit, commitName, commitWrite, listingOf, readCommits, transactionOfCommits } from './commit-store.ts';
import { withListing, withoutListing } from './merge-commit.ts';
import type { CommitList, Release } from './release-record.ts';
import { checkShown } from './show-commit-list.ts';

/** As many as a read can hold. */
const commitsTogether = 100;

/**
 * Has the commits of the lists before, which the visible one names no longer, forget the release. When other builds were at
 * work meanwhile, one of them may have had commits forget it that this list does name: these are told again.
 *
 *   A turns (C is replaced) ─ B stores its commits ─ A has the commits of C forget the release ─ B turns
 *
 * Nothing is done any more once yet another list is visible: its build sees to the lists before, up to a finished one.
 */
export async function settleListings(
  app: Pick<App, 'table'>,
  release: Release,
  commits: readonly Commit[],
  options: { readonly wasAlone: boolean },
): Promise<void> {
  const { commitList } = release;
  if (commitList === undefined) return;
  const named = new Set(commits.map(commitName));
  const gone = (await readReplaced(app, release, commitList)).filter((commit) => !named.has(commitName(commit)));
  const listing = listingOf(release);
  const open = await changeCommits(app, release, commitList, gone, (commit) => withoutListing(commit, listing));
  if (!open || options.wasAlone) return;
  await changeCommits(app, release, commitList, commits, (commit) => withListing(commit, listing));
}

/** Each commit of the lists in whose place the visible one came, once. */
async function readReplaced(
  app: Pick<App, 'table'>,
  { id: releaseId }: Release,
  { replaced = [] }: CommitList,
): Promise<ListedCommit[]> {
  const found = new Map<string, ListedCommit>();
  for (const { generation, count } of replaced) {
    if (count === 0) continue;
    for (const commit of await readCommitList(app.table, { releaseId, generation }, 0, count)) {
      found.set(commitName(commit), commit);
    }
  }
  return [...found.values()];
}

/** `false` when the list is not the visible one any more; some of the commits are not changed then. */
async function changeCommits(
  app: Pick<App, 'table'>,
  release: Release,
  commitList: CommitList,
  commits: readonly ListedCommit[],
  plan: (standing: Commit) => Commit | undefined,
): Promise<boolean> {
  const { organization } = release;
  for (let start = 0; start < commits.length; start += commitsTogether) {
    const part = commits.slice(start, start + commitsTogether);
    const addresses = part.map(({ repositoryId, id }) => ({ organization, repositoryId, id }));
    for (let attempt = 0, done = false; !done; attempt += 1) {
      if (attempt > 0) await pauseBefore(attempt);
      const standing = await readCommits(app.table, addresses, { consistent: true });
      done = true;
      const changed = [...standing.values()].filter((commit) => plan(commit) !== undefined);
      for (const group of groupBySize(changed, transactionOfCommits)) {
        const writes = group.flatMap((commit): WriteAction[] => {
          const after = plan(commit);
          return after === undefined ? [] : [commitWrite(commit, after)];
        });
        const outcome = await writeWhileShown(app, release, commitList, writes);
        if (outcome === 'replaced') return false;
        done = done && outcome === 'done';
      }
    }
  }
  return true;
}

async function writeWhileShown(
  app: Pick<App, 'table'>,
  release: Release,
  commitList: CommitList,
  writes: readonly WriteAction[],
): Promise<'done' | 'replaced' | 'changed meanwhile'> {
  try {
    await app.table.write([checkShown(release, commitList), ...writes]);
    return 'done';
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    return error.failed[0] === undefined ? 'changed meanwhile' : 'replaced';
  }
}
