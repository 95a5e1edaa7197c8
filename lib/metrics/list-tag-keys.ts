import { mapLimited } from '../platform/map-limited.ts';
import type { Table } from '../platform/table.ts';
import { readTagNames } from './store/directory-list-store.ts';

const readsAtOnce = 8;

/** The names of the tags that a metric has in these projects, in order, each once. */
export async function listTagKeys(
  app: { readonly metricsTable: Table },
  input: { readonly organization: string; readonly projectIds: readonly string[]; readonly mri: string },
): Promise<string[]> {
  const { organization, projectIds, mri } = input;
  const found = await mapLimited([...new Set(projectIds)], readsAtOnce, (projectId) =>
    Array.fromAsync(readTagNames(app.metricsTable, { organization, projectId, mri })),
  );
  return [...new Set(found.flat())].sort();
}
