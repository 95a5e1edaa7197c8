import { ConflictError } from '../platform/errors.ts';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { notThere, type Table } from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { messages } from './messages.ts';
import { type Repository, repositoryRecord } from './release-record.ts';

const prefix = 'REPOSITORY#';

const repositoryItem = itemType({
  name: 'repository',
  schema: repositoryRecord,
  key: (at: { organization: string; name: string }) => ({ pk: `ORG#${at.organization}`, sk: `${prefix}${at.name}` }),
  address: ({ organization, name }) => ({ organization, name }),
});

/** The repository of the organization with this name. */
export async function readRepository(
  table: Table,
  organization: string,
  name: string,
): Promise<Repository | undefined> {
  const item = await table.get(repositoryItem.key({ organization, name }), { consistent: true });
  return item && repositoryItem.fromItem(item);
}

/** The repositories of the organization with these names, by name; unknown ones are missing. */
export async function readRepositoriesByName(
  table: Table,
  organization: string,
  names: readonly string[],
): Promise<Map<string, Repository>> {
  const keys = names.map((name) => repositoryItem.key({ organization, name }));
  const found = (await table.batchGet(keys, { consistent: true })).map(repositoryItem.fromItem);
  return new Map(found.map((repository) => [repository.name, repository]));
}

/** All repositories of the organization by name. */
export async function readRepositories(table: Table, organization: string): Promise<Repository[]> {
  const query = { partition: `ORG#${organization}`, beginsWith: prefix, consistent: true };
  return (await Array.fromAsync(table.queryAll(query))).map(repositoryItem.fromItem);
}

/** Stores a new repository. @throws ConflictError when the name is taken, IdTakenError */
export async function insertRepository(table: Table, value: Repository): Promise<void> {
  await orRefuse(
    writeWithId(table, 'repository', value.id, [{ put: repositoryItem.toItem(value), onlyIf: notThere }]),
    (why) => new ConflictError(messages.repositoryTaken(value.name), why),
  );
}

/** Deletes a repository, unless another one has its name by now or it is gone: `false` then. */
export async function deleteRepositoryItem(table: Table, { id, organization, name }: Repository): Promise<boolean> {
  const onlyIf = { expression: '#id = :id', names: { '#id': 'id' }, values: { ':id': id } };
  return happened(table.write([{ delete: repositoryItem.key({ organization, name }), onlyIf }]));
}
