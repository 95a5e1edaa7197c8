import type { SentCommit } from './commit-body.ts';
import type { Release } from './release-record.ts';
import { type SetCommitsApp, setCommits } from './set-commits.ts';

/** What a body says of the contents of a release; what it does not say stays. */
export interface ContentsWish {
  readonly commits?: readonly SentCommit[] | undefined;
}

/** What the contents of a release need of the outside world. */
export type ContentsApp = SetCommitsApp;

/** Sets the commits and refs of a release as wished; an empty list of commits asks for nothing. */
export async function setContents(app: ContentsApp, release: Release, wish: ContentsWish): Promise<Release> {
  const { commits = [] } = wish;
  return commits.length === 0 ? release : setCommits(app, { release, commits });
}
