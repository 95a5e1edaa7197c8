import type { App } from '../platform/app.ts';
import { RefusalError, UnavailableError } from '../platform/errors.ts';
import { mapLimited } from '../platform/map-limited.ts';
import type { SentCommit } from './commit-body.ts';
import { type CommitProviders, FetchRefusedError, providerNamed } from './commit-provider.ts';
import { messages } from './messages.ts';
import type { Ref, Repository } from './release-record.ts';

/** What became of one ref. */
export interface RefOutcome {
  readonly ref: Ref;
  readonly commits: readonly SentCommit[];
  /** Why it makes sense to try again. */
  readonly again?: unknown;
}

/** What is needed to ask for the commits of refs. */
export interface RefsToFetch {
  readonly refs: readonly Ref[];
  readonly repositories: ReadonlyMap<string, Repository>;
  /** The newest commit of each repository in the release before. */
  readonly earlierHeads: Readonly<Record<string, string>>;
  /** Says when there is no time left. */
  readonly deadline: AbortSignal;
}

/** Repositories that are asked for at the same time. */
const concurrency = 4;
const retryAfterSeconds = 30;

/** Whether a ref is still to be fetched, or was tried and not got. */
export function isOpen({ fetch }: Ref): boolean {
  return fetch === 'pending' || fetch === 'failed';
}

/** Asks for the commits of the refs that are open. One that fails, or takes too long, does not keep the others away. */
export async function fetchRefs(
  app: Pick<App, 'log'> & { readonly commitProviders: CommitProviders },
  { refs, repositories, earlierHeads, deadline }: RefsToFetch,
): Promise<RefOutcome[]> {
  return mapLimited(refs, concurrency, async (ref): Promise<RefOutcome> => {
    if (!isOpen(ref)) return { ref, commits: [] };
    const { repository: name } = ref;
    const earlier = Object.hasOwn(earlierHeads, name) ? earlierHeads[name] : undefined;
    const start = ref.previousCommit ?? earlier ?? null;
    try {
      const commits = await fetchRef(app.commitProviders, repositories.get(name), { ...ref, start }, deadline);
      return { ref: { ...ref, fetch: 'fetched', detail: null }, commits };
    } catch (error) {
      app.log.warn('commits could not be fetched', { error: error instanceof Error ? error.name : 'unknown' });
      return error instanceof FetchRefusedError
        ? { ref: { ...ref, fetch: 'failed', detail: error.message }, commits: [] }
        : failedOutcome(ref, error);
    }
  });
}

/** A ref that did not come to its commits this time. */
export function failedOutcome(ref: Ref, again: unknown): RefOutcome {
  const detail = again instanceof RefusalError ? again.message : messages.fetchFailed;
  return { ref: { ...ref, fetch: 'failed', detail }, commits: [], again };
}

async function fetchRef(
  providers: CommitProviders,
  repository: Repository | undefined,
  { repository: name, commit, start }: Ref & { readonly start: string | null },
  deadline: AbortSignal,
): Promise<SentCommit[]> {
  if (repository === undefined) throw new FetchRefusedError(messages.repositoryGone(name));
  const provider = new Map(Object.entries(providers)).get(providerNamed(repository.provider ?? ''));
  if (provider === undefined) throw new FetchRefusedError(messages.noProvider(name));
  if (start === commit) return [];
  const commits = await before(deadline, () => provider.compare(repository, start, commit, deadline));
  return commits.map((one) => ({ ...one, repository: name }));
}

/** A provider may not notice that there is no time left; what could be fetched from others must still be set. */
async function before<Result>(deadline: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const giveUp = () => late.reject(new UnavailableError(messages.fetchSlow, retryAfterSeconds));
  if (deadline.aborted) giveUp();
  deadline.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([late.promise, ...(deadline.aborted ? [] : [work()])]);
  } finally {
    deadline.removeEventListener('abort', giveUp);
  }
}
