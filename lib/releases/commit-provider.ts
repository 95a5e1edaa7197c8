import type { Repository } from './release-record.ts';

/** A commit as the service that hosts its repository tells it. */
export interface FetchedCommit {
  readonly id: string;
  readonly message: string | null;
  readonly author_name: string | null;
  readonly author_email: string | null;
  /** ISO 8601 in UTC. */
  readonly timestamp: string | null;
  readonly patch_set: { path: string; type: 'A' | 'D' | 'M' }[] | null;
}

/** A service that hosts repositories. */
export interface CommitProvider {
  /**
   * The commits that lead from `start` (not included) to `end`, newest first; without a start the newest few. Nobody waits
   * for them any more once `deadline` is aborted.
   * @throws FetchRefusedError when asking again makes no sense, UnavailableError when it may
   */
  compare(repository: Repository, start: string | null, end: string, deadline: AbortSignal): Promise<FetchedCommit[]>;
}

/** Thrown when a provider will not give the commits, however often it is asked; the message is for people. */
export class FetchRefusedError extends Error {
  override readonly name = 'FetchRefusedError';
}

/** The services that we can fetch commits from. */
export type ProviderName = 'github';

/** Those that this installation has access to. */
export type CommitProviders = Readonly<Partial<Record<ProviderName, CommitProvider>>>;

/** The providers that the secrets of an installation give access to. */
export function configuredProviders(secrets: { readonly githubToken: string }): ReadonlySet<string> {
  return new Set<ProviderName>(secrets.githubToken === '' ? [] : ['github']);
}

/** A provider as we name it: clients know some by the name of an integration. */
export function providerNamed(provider: string): string {
  return provider
    .trim()
    .toLowerCase()
    .replace(/^integrations:/, '');
}
