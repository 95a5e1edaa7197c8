import type { App } from '../platform/app.ts';
import type { WriteAction } from '../platform/table.ts';
import { readCommitList } from './commit-list-store.ts';
import { type Commit, commitName, commitWrite, readCommits, writeCommits } from './commit-store.ts';
import { withoutListing } from './merge-commit.ts';
import type { Release } from './release-record.ts';
import { isShown } from './show-commit-list.ts';

/** With the check of the release, as many as a transaction can hold. */
const commitsTogether = 99;

/**
 * Has the commits of the list before, which the visible one names no longer, forget the release. Nothing is done any more
 * when yet another list has become visible: its build sees to that.
 */
export async function unlistReplaced(
  app: Pick<App, 'table'>,
  release: Release,
  commits: readonly Commit[],
): Promise<void> {
  const { organization, version, id: releaseId, commitList } = release;
  const { replaced } = commitList ?? {};
  if (commitList === undefined || replaced === undefined || replaced.count === 0) return;
  const { generation, count } = replaced;
  const before = await readCommitList(app.table, { releaseId, generation }, 0, count);
  const named = new Set(commits.map(commitName));
  const gone = before.filter((commit) => !named.has(commitName(commit))).map((commit) => ({ organization, ...commit }));
  for (let start = 0; start < gone.length; start += commitsTogether) {
    const part = gone.slice(start, start + commitsTogether);
    const standing = await readCommits(app.table, part, { consistent: true });
    const writes = [...standing.values()].flatMap((commit): WriteAction[] => {
      const after = withoutListing(commit, version);
      return after === undefined ? [] : [commitWrite(commit, after)];
    });
    if (writes.length > 0) await writeCommits(app.table, [isShown(release, commitList), ...writes]);
  }
}
