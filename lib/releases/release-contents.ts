import { clearRefsAndCommits } from './clear-refs.ts';
import type { SentCommit } from './commit-body.ts';
import { planCommits } from './plan-commits.ts';
import type { PreparedCommit } from './prepare-commits.ts';
import { type RefWish, refsOf } from './ref-body.ts';
import type { Release, Repository } from './release-record.ts';
import { requireRepositories } from './require-repositories.ts';
import { type SetCommitsApp, setPlannedCommits } from './set-commits.ts';
import { type SetRefsApp, setRefs } from './set-refs.ts';

/** What the contents of a release need of the outside world. */
export type ContentsApp = SetCommitsApp & SetRefsApp;

/** What a body says of the contents of a release; what it does not say stays. */
export interface ContentsWish {
  readonly commits?: readonly SentCommit[] | undefined;
  readonly refs?: readonly RefWish[] | undefined;
  readonly headCommits?: readonly RefWish[] | undefined;
}

/** What is to be done, with every name checked. */
export interface ContentsPlan {
  readonly commits: readonly PreparedCommit[];
  readonly refs: readonly RefWish[];
  readonly repositories: ReadonlyMap<string, Repository>;
  /** An empty list of refs takes away what a release has of them, and of commits. */
  readonly clear: boolean;
}

/** Plans the contents of a release, before anything is written. @throws InvalidFieldsError about `commits` and `refs` */
export async function planContents(
  app: Pick<ContentsApp, 'table'>,
  organization: string,
  wish: ContentsWish,
): Promise<ContentsPlan> {
  const refs = refsOf(wish);
  const repositories: ReadonlyMap<string, Repository> =
    refs === undefined || refs.length === 0 ? new Map() : await requireRepositories(app, organization, refs);
  const commits = await planCommits(app, organization, wish.commits ?? []);
  return { commits, refs: refs ?? [], repositories, clear: refs?.length === 0 };
}

/** Sets commits and refs as planned. Commits that come with the refs need not be fetched. @throws NotFoundError when the release is gone */
export async function setContents(
  app: ContentsApp,
  release: Release,
  { commits, refs, repositories }: ContentsPlan,
  userId?: string,
): Promise<Release> {
  const withCommits = commits.length === 0 ? release : await setPlannedCommits(app, { release, planned: commits });
  if (refs.length === 0) return withCommits;
  return setRefs(app, { release: withCommits, refs, repositories, fetch: commits.length === 0, userId });
}

/** The same for a release that is changed, where no refs mean that they go. */
export async function changeContents(
  app: ContentsApp,
  release: Release,
  plan: ContentsPlan,
  userId?: string,
): Promise<Release> {
  return setContents(app, plan.clear ? await clearRefsAndCommits(app, release) : release, plan, userId);
}
