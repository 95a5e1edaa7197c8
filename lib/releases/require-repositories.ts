import type { App } from '../platform/app.ts';
import { InvalidFieldsError } from '../platform/errors.ts';
import { messages } from './messages.ts';
import type { RefWish } from './ref-body.ts';
import type { Repository } from './release-record.ts';
import { readRepositoriesByName } from './repository-store.ts';

/** The repositories that refs name, by name. @throws InvalidFieldsError naming those that the organization does not have */
export async function requireRepositories(
  app: Pick<App, 'table'>,
  organization: string,
  refs: readonly RefWish[],
): Promise<Map<string, Repository>> {
  if (refs.length === 0) return new Map();
  const names = [...new Set(refs.map(({ repository }) => repository))];
  const found = await readRepositoriesByName(app.table, organization, names);
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) throw new InvalidFieldsError({ refs: [messages.repositoriesUnknown(missing)] });
  return found;
}
