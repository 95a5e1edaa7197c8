import type { App } from '../platform/app.ts';
import { type Page, type PageRequest, readPage, sourceOf } from '../platform/pagination.ts';
import type { RepositoryJson } from './release-json.ts';
import { readRepositories } from './repository-store.ts';
import { serializeRepository } from './serialize-commit.ts';

/** Which repositories are wanted. */
export interface RepositoriesWish {
  readonly organization: string;
  /** A part of the name, in any case. */
  readonly query?: string | undefined;
  /** All of ours are active, so that any other status finds none. */
  readonly status?: string | undefined;
  readonly page: PageRequest;
}

/** A page of the repositories of an organization, by name. */
export async function pageRepositories(
  app: Pick<App, 'table'>,
  { organization, query = '', status = '', page }: RepositoriesWish,
): Promise<Page<RepositoryJson>> {
  const part = query.trim().toLowerCase();
  const all = status === '' || status === 'active' ? await readRepositories(app.table, organization) : [];
  const entries = all
    .filter(({ name }) => name.toLowerCase().includes(part))
    .map((repository) => ({ position: repository.name, item: serializeRepository(repository) }))
    .toSorted((one, other) => (one.position < other.position ? -1 : 1));
  return readPage(page, sourceOf(entries));
}
