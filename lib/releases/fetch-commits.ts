import type { App } from '../platform/app.ts';
import { RefusalError } from '../platform/errors.ts';
import { mapLimited } from '../platform/map-limited.ts';
import type { SentCommit } from './commit-body.ts';
import { maxCommits } from './commit-list-store.ts';
import { type CommitProviders, FetchRefusedError, providerNamed } from './commit-provider.ts';
import type { FetchMessage } from './fetch-message.ts';
import { messages } from './messages.ts';
import { notifyPendingDeploys } from './notify-deploy.ts';
import type { Ref, Release, Repository } from './release-record.ts';
import { writeFetchOutcome } from './release-refs-store.ts';
import { readReleases } from './release-store.ts';
import { readRepositoriesByName } from './repository-store.ts';
import { type SetCommitsApp, setCommits } from './set-commits.ts';

/** What fetching commits needs of the outside world. */
export interface FetchCommitsApp extends SetCommitsApp, Pick<App, 'log'> {
  readonly commitProviders: CommitProviders;
}

/** Repositories that are asked for at the same time. */
const concurrency = 4;

/** What became of one ref. */
interface Outcome {
  readonly ref: Ref;
  readonly commits: readonly SentCommit[];
  /** Why it makes sense to try again. */
  readonly again?: unknown;
}

/**
 * Fetches the commits up to the refs of a release and sets them. A message about a release that is gone, or about refs that
 * others have replaced, is dropped; one repository that fails does not keep the commits of the others away.
 *
 *   providers → commits ✓ → refs ✓ → ⚡ → the message comes again: nothing is open, only deploys are told of
 *
 * @throws what a provider threw when it may answer later; the queue brings the message again
 */
export async function fetchCommits(app: FetchCommitsApp, message: FetchMessage): Promise<void> {
  const asked = await meantRelease(app, message);
  const refs = asked?.refs ?? [];
  if (asked === undefined) return;
  if (!refs.some(isOpen)) return notifyPendingDeploys(app, asked, { fetchComplete: true });
  const outcomes = await fetchAll(app, message, refs);
  // It may have taken minutes: what was set in the meantime wins.
  let release = await meantRelease(app, message);
  if (release === undefined) return;
  const commits = newest(outcomes.flatMap((outcome) => outcome.commits));
  if (commits.length > 0) release = await setCommits(app, { release, commits });
  const isCurrent = await writeFetchOutcome(
    app.table,
    release,
    message.fetchId,
    outcomes.map(({ ref }) => ref),
  );
  const failed = outcomes.find(({ again }) => again !== undefined);
  if (failed !== undefined && isCurrent) throw failed.again;
  // All commits that there will be are set: deploys that have waited for them are told of.
  if (isCurrent) await notifyPendingDeploys(app, release, { fetchComplete: true });
}

/** The release that a message means, unless it is another one by now, or its refs are. */
async function meantRelease(
  app: Pick<App, 'table'>,
  { organization, version, releaseId, fetchId }: FetchMessage,
): Promise<Release | undefined> {
  const [release] = await readReleases(app.table, organization, [version]);
  return release?.id === releaseId && release.fetchId === fetchId ? release : undefined;
}

/** One that failed is tried again together with the others: commits are set as one list. */
function isOpen({ fetch }: Ref): boolean {
  return fetch === 'pending' || fetch === 'failed';
}

async function fetchAll(
  app: FetchCommitsApp,
  { organization, previousVersion }: FetchMessage,
  refs: readonly Ref[],
): Promise<Outcome[]> {
  const [repositories, [previous]] = await Promise.all([
    readRepositoriesByName(app.table, organization, [...new Set(refs.map(({ repository }) => repository))]),
    readReleases(app.table, organization, previousVersion === null ? [] : [previousVersion]),
  ]);
  return mapLimited(refs, concurrency, async (ref): Promise<Outcome> => {
    if (!isOpen(ref) && ref.fetch !== 'fetched') return { ref, commits: [] };
    const start = ref.previousCommit ?? headOf(previous, ref.repository);
    try {
      const commits = await fetchRef(app, repositories.get(ref.repository), ref, start);
      return { ref: { ...ref, fetch: 'fetched', detail: null }, commits };
    } catch (error) {
      const refused = error instanceof FetchRefusedError;
      const detail = refused || error instanceof RefusalError ? error.message : messages.fetchFailed;
      app.log.warn('commits could not be fetched', { error: nameOf(error) });
      return { ref: { ...ref, fetch: 'failed', detail }, commits: [], ...(!refused && { again: error }) };
    }
  });
}

/** Where a release ended in a repository, which may have a name that every object has something under. */
function headOf(release: Release | undefined, repository: string): string | null {
  return release !== undefined && Object.hasOwn(release.heads, repository) ? (release.heads[repository] ?? null) : null;
}

async function fetchRef(
  app: FetchCommitsApp,
  repository: Repository | undefined,
  { repository: name, commit }: Ref,
  start: string | null,
): Promise<SentCommit[]> {
  if (repository === undefined) throw new FetchRefusedError(messages.repositoryGone(name));
  const providers = new Map(Object.entries(app.commitProviders));
  const provider = providers.get(providerNamed(repository.provider ?? ''));
  if (provider === undefined) throw new FetchRefusedError(messages.noProvider(name));
  const commits = start === commit ? [] : await provider.compare(repository, start, commit);
  return commits.map((one) => ({ ...one, repository: name }));
}

/** A release takes so many commits and no more. */
function newest(commits: readonly SentCommit[]): readonly SentCommit[] {
  if (commits.length <= maxCommits) return commits;
  return commits
    .toSorted((one, other) => ((one.timestamp ?? '') < (other.timestamp ?? '') ? 1 : -1))
    .slice(0, maxCommits);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
