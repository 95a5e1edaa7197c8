import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { providerNamed } from './commit-provider.ts';
import { messages } from './messages.ts';
import { maxRepositoryCharacters, repositoryNameField } from './ref-body.ts';
import type { RepositoryJson } from './release-json.ts';
import type { Repository } from './release-record.ts';
import { providerOfUrl } from './repository-host.ts';
import { insertRepository, readRepositories, readRepository } from './repository-store.ts';
import { serializeRepository } from './serialize-commit.ts';

const urlField = z.url({ protocol: /^https?$/, error: messages.repositoryUrlInvalid }).max(2_000);
const providerField = z.string().trim().min(1).max(64);

/** What a new repository needs. Clients recognise it by its address or its name, such as `acme/app`. */
export const repositoryInput = z.strictObject({
  organization: z.string(),
  name: repositoryNameField(maxRepositoryCharacters),
  url: urlField.optional(),
  provider: providerField.optional(),
});

/** The same as clients send it; fields that only they know are left alone. */
export const repositoryBody = z.object({
  name: repositoryNameField(maxRepositoryCharacters),
  url: urlField.nullish(),
  provider: z.union([providerField, z.object({ id: providerField })], messages.providerInvalid).nullish(),
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
  const host = provider === undefined ? url && providerOfUrl(url) : providerNamed(provider);
  const described = { organization, name, ...(url !== undefined && { url }), ...(host && { provider: host }) };
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

/** Makes a repository known as a client describes it. @throws ConflictError when its name is taken */
export async function addRepository(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  organization: string,
  { name, url, provider }: z.infer<typeof repositoryBody>,
): Promise<RepositoryJson> {
  const id = typeof provider === 'string' ? provider : provider?.id;
  const input = { organization, name, ...(url && { url }), ...(id !== undefined && { provider: id }) };
  return serializeRepository(await createRepository(app, input));
}
