import { chunksOf } from './commit-list-store.ts';
import type { Commit } from './commit-store.ts';
import { shortened } from './prepare-commits.ts';
import type { Author, CommitList, Repository } from './release-record.ts';
import type { LocatedCommit } from './save-commits.ts';

// All of this stands in the release itself, which every list of releases shows and which has 400 KB at most.
const maxAuthorsShown = 100;
const maxAuthorsTold = 1_000;
const maxMessageShown = 2_000;

/** What a release tells of its list: how many commits, whose they are, and which is the newest. */
export function describeList(from: {
  readonly generation: string;
  readonly hash: string;
  readonly commits: readonly Commit[];
  readonly located: readonly LocatedCommit[];
  readonly repositories: ReadonlyMap<string, Repository>;
  readonly authors: ReadonlyMap<string, Author>;
}): CommitList {
  const { generation, hash, commits, located, repositories } = from;
  const emails = [...new Set(commits.flatMap(({ authorEmail }) => authorEmail ?? []))];
  const authors = emails.flatMap((email) => from.authors.get(email) ?? []);
  const authorIds = [...new Set(authors.flatMap(({ userId }) => userId ?? []))];
  const [last] = commits;
  const repository = repositories.get(located[0]?.repository ?? '');
  const author = from.authors.get(last?.authorEmail ?? '');
  return {
    generation,
    hash,
    count: commits.length,
    chunks: chunksOf(commits.length),
    authors: authors.slice(0, maxAuthorsShown),
    authorIds: authorIds.slice(0, maxAuthorsTold),
    ...(last !== undefined &&
      repository !== undefined && {
        lastCommit: {
          id: last.id,
          message: last.message === null ? null : shortened(last.message, maxMessageShown),
          dateCreated: last.dateCreated,
          repository,
          ...(author !== undefined && { author }),
        },
      }),
    finished: false,
  };
}
