import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { messages } from './messages.ts';
import type { Repository } from './release-record.ts';
import { insertRepository, readRepositories, readRepository } from './repository-store.ts';

/** What a new repository needs. Clients recognise it by its address or its name, such as `acme/app`. */
export const repositoryInput = z.strictObject({
  organization: z.string(),
  name: z.string().trim().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/, error: 'Write an address such as https://github.com/acme/app.' })
    .max(2_000)
    .optional(),
  provider: z.string().trim().min(1).max(64).optional(),
});

/** Makes a repository known to an existing organization. @throws ConflictError when its name is taken */
export async function createRepository(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  { organization, name, url, provider }: z.infer<typeof repositoryInput>,
): Promise<Repository> {
  // Looked up first, so that a name that is taken uses up no ID; the insert asks again.
  if ((await readRepository(app.table, organization, name)) !== undefined) {
    throw new ConflictError(messages.repositoryTaken(name));
  }
  const described = {
    organization,
    name,
    ...(url !== undefined && { url }),
    ...(provider !== undefined && { provider }),
  };
  const createdAt = isoTime(app.clock.now());
  return saveWithSnowflakeId(app.ids, 'repository', async (id) => {
    const repository = { id, ...described, createdAt };
    await insertRepository(app.table, repository);
    return repository;
  });
}

/** All repositories of an organization by name. */
export async function listRepositories(
  app: Pick<App, 'table'>,
  input: { readonly organization: string },
): Promise<Repository[]> {
  return readRepositories(app.table, input.organization);
}
