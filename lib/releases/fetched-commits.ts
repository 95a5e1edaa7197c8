import type { App } from '../platform/app.ts';
import type { SentCommit } from './commit-body.ts';
import { maxCommits, readCommitList } from './commit-list-store.ts';
import { commitName, readCommits } from './commit-store.ts';
import type { Release, Repository } from './release-record.ts';

/**
 * The commits that an earlier attempt of the same fetching has set already, as if they were sent again: by their names and
 * times alone, since what else is known of them stays.
 */
export async function fetchedCommits(
  app: Pick<App, 'table'>,
  { id: releaseId, organization, commitList, fetchId }: Release,
  repositories: ReadonlyMap<string, Repository>,
): Promise<SentCommit[]> {
  if (commitList === undefined || fetchId === undefined || commitList.fetchId !== fetchId) return [];
  const { generation, count } = commitList;
  const listed = await readCommitList(app.table, { releaseId, generation }, 0, count);
  const known = await readCommits(
    app.table,
    listed.map(({ repositoryId, id }) => ({ organization, repositoryId, id })),
    { consistent: true },
  );
  const names = new Map([...repositories.values()].map(({ id, name }) => [id, name]));
  return listed.flatMap((commit) => {
    const repository = names.get(commit.repositoryId);
    const timestamp = known.get(commitName(commit))?.dateCreated;
    return repository === undefined ? [] : { id: commit.id, repository, timestamp };
  });
}

/** A release takes so many commits and no more. */
export function newestCommits(commits: readonly SentCommit[]): readonly SentCommit[] {
  if (commits.length <= maxCommits) return commits;
  return commits
    .toSorted((one, other) => ((one.timestamp ?? '') < (other.timestamp ?? '') ? 1 : -1))
    .slice(0, maxCommits);
}
