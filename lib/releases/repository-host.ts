import { providerNamed } from './commit-provider.ts';
import type { Repository } from './release-record.ts';

/** Where a repository is, as clients want to read it. */
export interface RepositoryHost {
  readonly url: string | null;
  readonly provider: { readonly id: string; readonly name: string };
}

type Described = Pick<Repository, 'name' | 'url' | 'provider'>;

const ownerAndName = /^(?!\.{1,2}\/)[\w.-]{1,100}\/(?!\.{1,2}$)[\w.-]{1,100}$/;

/** Services whose addresses follow from a repository's name, and what clients call them. */
const hosts: ReadonlyMap<string, { readonly origin: string; readonly id: string; readonly name: string }> = new Map([
  ['github', { origin: 'https://github.com', id: 'github', name: 'GitHub' }],
  ['gitlab', { origin: 'https://gitlab.com', id: 'integrations:gitlab', name: 'GitLab' }],
  ['bitbucket', { origin: 'https://bitbucket.org', id: 'bitbucket', name: 'Bitbucket' }],
]);

/**
 * What a client needs to recognise the remote of a checkout. sentry-cli compares addresses, but only those of providers that
 * it knows, and it gives up altogether when one of those has no address. So a repository with an address has a provider that
 * it knows, if only `git`, and one without has none.
 */
export function hostOf(repository: Described): RepositoryHost {
  const { name, provider = '' } = repository;
  const host = hosts.get(providerNamed(provider));
  const url = repository.url ?? (host !== undefined && ownerAndName.test(name) ? `${host.origin}/${name}` : null);
  if (url === null) return { url, provider: { id: 'unknown', name: 'Unknown Provider' } };
  if (host !== undefined) return { url, provider: { id: host.id, name: host.name } };
  return { url, provider: { id: 'git', name: provider || 'Git' } };
}

/** The provider that an address tells of, when nobody names one. */
export function providerOfUrl(url: string): string | undefined {
  const { origin } = new URL(url);
  return [...hosts].find(([, host]) => host.origin === origin)?.[0];
}

/** `owner/name` on GitHub: the repository's own name, or else what its address says. */
export function githubNameOf({ name, url }: Described): string | undefined {
  const path = url === undefined ? '' : new URL(url).pathname.replace(/^\/|\/$|\.git$/g, '');
  return [name, path].find((one) => ownerAndName.test(one));
}
