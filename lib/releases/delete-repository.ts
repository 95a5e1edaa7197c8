import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { messages } from './messages.ts';
import { deleteRepositoryItem, readRepositories } from './repository-store.ts';

/**
 * Deletes a repository by its ID; commits that came from it stay, with their releases.
 * @throws NotFoundError when there is none, or not any more
 */
export async function deleteRepository(
  app: Pick<App, 'table'>,
  { organization, id }: { readonly organization: string; readonly id: string },
): Promise<void> {
  const repository = (await readRepositories(app.table, organization)).find((one) => one.id === id);
  if (repository === undefined || !(await deleteRepositoryItem(app.table, repository))) {
    throw new NotFoundError(messages.repositoryNotFound);
  }
}
