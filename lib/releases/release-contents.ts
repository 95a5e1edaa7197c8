import type { App } from '../platform/app.ts';
import { clearRefsAndCommits } from './clear-refs.ts';
import type { SentCommit } from './commit-body.ts';
import { type RefWish, refsOf } from './ref-body.ts';
import type { Release, Repository } from './release-record.ts';
import { requireRepositories } from './require-repositories.ts';
import { type SetCommitsApp, setCommits } from './set-commits.ts';
import { type SetRefsApp, setRefs } from './set-refs.ts';

/** What a body says of the contents of a release; what it does not say stays. */
export interface ContentsWish {
  readonly commits?: readonly SentCommit[] | undefined;
  readonly refs?: readonly RefWish[] | undefined;
  readonly headCommits?: readonly RefWish[] | undefined;
}

/** A wish that can be fulfilled. */
export interface PlannedContents {
  readonly commits: readonly SentCommit[];
  /** An empty list clears. */
  readonly refs: readonly RefWish[] | undefined;
  readonly repositories: ReadonlyMap<string, Repository>;
}

/** What the contents of a release need of the outside world. */
export type ContentsApp = SetCommitsApp & SetRefsApp;

/** Looks up what a wish names, before anything is written. @throws InvalidFieldsError about unknown repositories */
export async function planContents(
  app: Pick<App, 'table'>,
  organization: string,
  wish: ContentsWish,
): Promise<PlannedContents> {
  const refs = refsOf(wish);
  const repositories = await requireRepositories(app, organization, refs ?? []);
  return { commits: wish.commits ?? [], refs, repositories };
}

/** Sets the commits and refs of a release. An empty list of commits asks for nothing; one of refs clears both. */
export async function setContents(
  app: ContentsApp,
  release: Release,
  { commits, refs, repositories }: PlannedContents,
  userId?: string,
): Promise<Release> {
  const before = refs?.length === 0 ? await clearRefsAndCommits(app, release) : release;
  const after = commits.length === 0 ? before : await setCommits(app, { release: before, commits });
  if (refs === undefined || refs.length === 0) return after;
  return setRefs(app, { release: after, refs, repositories, fetch: commits.length === 0, userId });
}
