import { requireOrganization } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { InvalidFieldsError } from '../platform/errors.ts';
import { hexDigits, type RandomText } from '../platform/random-text.ts';
import { readAuthors } from './author-store.ts';
import type { SentCommit } from './commit-body.ts';
import { chunksOf } from './commit-list-store.ts';
import type { Commit } from './commit-store.ts';
import { ensureRepositories } from './ensure-repositories.ts';
import { messages } from './messages.ts';
import { notifyPendingDeploys } from './notify-deploy.ts';
import { hashOfCommits, type PreparedCommit, prepareCommits } from './prepare-commits.ts';
import type { Author, CommitList, Release, Repository } from './release-record.ts';
import { resolveFixedIssues } from './resolve-fixed-issues.ts';
import { saveAuthors } from './save-authors.ts';
import { type LocatedCommit, saveCommits } from './save-commits.ts';
import { settleListings } from './settle-listings.ts';
import { finishCommitList, showCommitList } from './show-commit-list.ts';

/** What setting commits needs of the outside world. */
export type SetCommitsApp = Pick<App, 'table' | 'ids' | 'clock' | 'log'> & { readonly randomText: RandomText };

/** Each is a name in one expression. */
const maxRepositories = 100;
/** All of them stand in the release itself, which every list of releases shows. */
const maxAuthorsShown = 200;
const generationLength = 24;

/**
 * Gives a release its commits, in place of those that it had. Everything is stored under a new generation first and made
 * visible by one write; whatever ends in between leaves the old list visible, and doing it again goes on:
 *
 *   authors, repositories, commits, list (hidden) → turn the pointer → what the old list named → issues → deploys that waited for it → finished
 *
 * The same list once more, and finished, is no work.
 * @throws InvalidFieldsError about `commits`, before anything is written; NotFoundError when the release is gone
 */
export async function setCommits(
  app: SetCommitsApp,
  { release, commits: sent }: { readonly release: Release; readonly commits: readonly SentCommit[] },
): Promise<Release> {
  const { organization, version, commitList: visible } = release;
  const prepared = prepareCommits(sent, await defaultRepository(app, organization, sent));
  const hash = hashOfCommits(prepared);
  const isVisible = visible?.hash === hash;
  if (isVisible && visible.finished) return release;
  const names = repositoryNames(prepared);
  const [repositories, authors] = await Promise.all([
    ensureRepositories(app, organization, names),
    saveAuthors(app, organization, prepared),
  ]);
  const located = prepared.map(
    (commit): LocatedCommit => ({ ...commit, repositoryId: repositories.get(commit.repository)?.id ?? '' }),
  );
  const generation = isVisible ? visible.generation : app.randomText(hexDigits, generationLength);
  const commits = await saveCommits(app, located, {
    organization,
    version,
    now: isoTime(app.clock.now()),
  });
  const allAuthors = await withEarlierAuthors(app, organization, commits, authors);
  const shown = isVisible
    ? release
    : await showCommitList(app, release, {
        list: describeList({ generation, hash, commits, located, repositories, authors: allAuthors }),
        commits,
        heads: headsOf(located),
      });
  await settleListings(app, shown, commits, { wasAlone: wasAlone(release, shown) });
  await resolveFixedIssues(app, shown, commits, located, allAuthors);
  await notifyPendingDeploys(app, shown);
  return finishCommitList(app, shown);
}

/** Whether the list that was visible at first, and finished, is the only one that was replaced. */
function wasAlone({ commitList: atFirst }: Release, { commitList: shown }: Release): boolean {
  if (atFirst?.finished === false) return false;
  return (shown?.replaced ?? []).every(({ generation }) => generation === atFirst?.generation);
}

/** Commits that name no repository come from one that belongs to the organization as a whole. */
async function defaultRepository(
  app: Pick<App, 'table'>,
  organization: string,
  sent: readonly SentCommit[],
): Promise<string> {
  if (sent.every(({ repository }) => repository)) return '';
  return `organization-${(await requireOrganization(app, organization)).id}`;
}

function repositoryNames(commits: readonly PreparedCommit[]): string[] {
  const names = [...new Set(commits.map(({ repository }) => repository))];
  if (names.length > maxRepositories) {
    throw new InvalidFieldsError({ commits: [messages.tooManyRepositories(maxRepositories)] });
  }
  return names;
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

function describeList(from: {
  readonly generation: string;
  readonly hash: string;
  readonly commits: readonly Commit[];
  readonly located: readonly LocatedCommit[];
  readonly repositories: ReadonlyMap<string, Repository>;
  readonly authors: ReadonlyMap<string, Author>;
}): CommitList {
  const { generation, hash, commits, located, repositories, authors } = from;
  const emails = [...new Set(commits.flatMap(({ authorEmail }) => authorEmail ?? []))];
  const [last] = commits;
  const repository = repositories.get(located[0]?.repository ?? '');
  const author = authors.get(last?.authorEmail ?? '');
  return {
    generation,
    hash,
    count: commits.length,
    chunks: chunksOf(commits.length),
    authors: emails.slice(0, maxAuthorsShown).flatMap((email) => authors.get(email) ?? []),
    ...(last !== undefined &&
      repository !== undefined && {
        lastCommit: {
          id: last.id,
          message: last.message,
          dateCreated: last.dateCreated,
          repository,
          ...(author !== undefined && { author }),
        },
      }),
    finished: false,
  };
}
