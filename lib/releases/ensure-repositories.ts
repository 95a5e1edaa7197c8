import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import type { Repository } from './release-record.ts';
import { insertRepository, readRepositoriesByName } from './repository-store.ts';

const concurrency = 5;

/** The repositories with these names; those that there are not yet are created, without a service that hosts them. */
export async function ensureRepositories(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  organization: string,
  names: readonly string[],
): Promise<Map<string, Repository>> {
  const known = await readRepositoriesByName(app.table, organization, names);
  const missing = names.filter((name) => !known.has(name));
  const created = await mapLimited(missing, concurrency, (name) => createOrFind(app, organization, name));
  return new Map([...known, ...created.map((one) => [one.name, one] as const)]);
}

async function createOrFind(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  organization: string,
  name: string,
): Promise<Repository> {
  try {
    const createdAt = isoTime(app.clock.now());
    return await saveWithSnowflakeId(app.ids, 'repository', async (id) => {
      const repository = { id, organization, name, createdAt };
      await insertRepository(app.table, repository);
      return repository;
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // Another build created it at the same moment.
    const found = (await readRepositoriesByName(app.table, organization, [name])).get(name);
    if (found === undefined) throw error;
    return found;
  }
}
