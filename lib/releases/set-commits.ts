import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { NotFoundError } from '../platform/errors.ts';
import { hexDigits, type RandomText } from '../platform/random-text.ts';
import { readAuthors } from './author-store.ts';
import type { SentCommit } from './commit-body.ts';
import { type Commit, listingOf } from './commit-store.ts';
import { describeList } from './describe-list.ts';
import { ensureRepositories } from './ensure-repositories.ts';
import { isOpen } from './fetch-refs.ts';
import { messages } from './messages.ts';
import { notifyPendingDeploys, type TellDeployApp } from './notify-deploy.ts';
import { planCommits } from './plan-commits.ts';
import { hashOfCommits, type PreparedCommit } from './prepare-commits.ts';
import type { Author, Release } from './release-record.ts';
import { resolveFixedIssues } from './resolve-fixed-issues.ts';
import { saveAuthors } from './save-authors.ts';
import { type LocatedCommit, saveCommits } from './save-commits.ts';
import { settleListings } from './settle-listings.ts';
import { finishCommitList, showCommitList } from './show-commit-list.ts';

/** What setting commits needs of the outside world. */
export type SetCommitsApp = Pick<App, 'table' | 'ids' | 'clock' | 'log'> &
  Pick<TellDeployApp, 'deployNotices'> & { readonly randomText: RandomText };

/** Hexadecimal digits of a generation's name. */
export const generationLength = 24;

/**
 * Gives a release its commits, in place of those that it had. Everything is stored under a new generation first and made
 * visible by one write; whatever ends in between leaves the old list visible, and doing it again goes on:
 *
 *   authors, repositories, commits, list (hidden) → turn the pointer → issues → deploys that waited for it → what the
 *   old list named → finished
 *
 * The same list once more, and finished, is no work.
 * What is being fetched for the release counts no more.
 * @throws NotFoundError when the release is gone
 */
export async function setPlannedCommits(
  app: SetCommitsApp,
  request: { readonly release: Release; readonly planned: readonly PreparedCommit[] },
): Promise<Release> {
  const done = await setList(app, request);
  if (done === undefined) throw new NotFoundError(messages.releaseNotFound);
  return done;
}

/** The same with commits as they were sent. @throws InvalidFieldsError about `commits`, before anything is written */
export async function setCommits(
  app: SetCommitsApp,
  { release, commits }: { readonly release: Release; readonly commits: readonly SentCommit[] },
): Promise<Release> {
  return setPlannedCommits(app, { release, planned: await planCommits(app, release.organization, commits) });
}

/** The same with commits that were fetched, as long as the release waits for that fetching; undefined when it does not any more. */
export async function setFetchedCommits(
  app: SetCommitsApp,
  request: { readonly release: Release; readonly commits: readonly SentCommit[]; readonly fetchId: string },
): Promise<Release | undefined> {
  const { release, commits, fetchId } = request;
  return setList(app, { release, planned: await planCommits(app, release.organization, commits), fetchId });
}

async function setList(
  app: SetCommitsApp,
  request: { readonly release: Release; readonly planned: readonly PreparedCommit[]; readonly fetchId?: string },
): Promise<Release | undefined> {
  const { release, planned, fetchId } = request;
  const { organization, commitList: visible } = release;
  const hash = hashOfCommits(planned);
  const isVisible = visible?.hash === hash && isSaidAlready(release, fetchId);
  if (isVisible && visible.finished) return release;
  const [repositories, authors] = await Promise.all([
    ensureRepositories(app, organization, [...new Set(planned.map(({ repository }) => repository))]),
    saveAuthors(app, organization, planned),
  ]);
  const located = planned.map(
    (commit): LocatedCommit => ({ ...commit, repositoryId: repositories.get(commit.repository)?.id ?? '' }),
  );
  const generation = isVisible ? visible.generation : app.randomText(hexDigits, generationLength);
  const commits = await saveCommits(app, located, {
    organization,
    listing: listingOf(release),
    now: isoTime(app.clock.now()),
  });
  const allAuthors = await withEarlierAuthors(app, organization, commits, authors);
  const shown = isVisible
    ? release
    : await showCommitList(app, release, {
        list: describeList({ generation, hash, commits, located, repositories, authors: allAuthors }),
        commits,
        heads: headsOf(located),
        fetchId,
      });
  if (shown === undefined) return undefined;
  await resolveFixedIssues(app, shown, commits, located, allAuthors);
  await notifyPendingDeploys(app, shown);
  await settleListings(app, shown, commits, { wasAlone: wasAlone(release, shown) });
  return finishCommitList(app, shown);
}

/** A client also calls off what is being fetched, and a fetching makes the list its own: what it fetches later is added. */
function isSaidAlready({ commitList, fetchId: waitedFor, refs = [] }: Release, fetchId: string | undefined): boolean {
  if (fetchId !== undefined) return commitList?.fetchId === fetchId;
  return waitedFor === undefined || !refs.some(isOpen);
}

/** Whether the list that was visible at first, and finished, is the only one that was replaced. */
function wasAlone({ commitList: atFirst }: Release, { commitList: shown }: Release): boolean {
  if (atFirst?.finished === false) return false;
  return (shown?.replaced ?? []).every(({ generation }) => generation === atFirst?.generation);
}

/** Commits that were known before may have authors whom this list does not name. */
async function withEarlierAuthors(
  app: Pick<App, 'table'>,
  organization: string,
  commits: readonly Commit[],
  authors: ReadonlyMap<string, Author>,
): Promise<Map<string, Author>> {
  const missing = new Set(commits.flatMap(({ authorEmail = '' }) => (authors.has(authorEmail) ? [] : authorEmail)));
  missing.delete('');
  return new Map([...authors, ...(await readAuthors(app.table, organization, [...missing]))]);
}

/** The first commit of each repository in a list that is newest first. */
function headsOf(located: readonly LocatedCommit[]): Record<string, string> {
  return Object.fromEntries(located.toReversed().map(({ repository, id }) => [repository, id]));
}
