import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import { ConditionFailedError, type Table } from '../platform/table.ts';
import { releaseDataPartition } from './commit-list-store.ts';
import { linkKey, linkOf, releasePartition } from './release-link-store.ts';
import type { Release } from './release-record.ts';
import { type ReleaseAddress, releaseKey } from './release-store.ts';

const removalPrefix = 'REMOVAL#';

/** Remembers the ID of a release that is gone, until what is found under that ID is gone, too. */
const removalItem = itemType({
  name: 'release removal',
  schema: z.object({ organization: z.string(), version: z.string(), releaseId: z.string() }),
  key: (at: ReleaseAddress & { readonly releaseId: string }) => ({
    pk: releasePartition(at),
    sk: `${removalPrefix}${at.releaseId}`,
  }),
  address: (value) => value,
});

/** What became of a removal: done, or nothing happened because of health data, or because the release has changed or is gone. */
export type RemovalOutcome = 'removed' | 'has-health-data' | 'changed';

/**
 * Makes a release invisible, with its places in the lists of its projects, all at once. What belongs to it is found by nobody
 * any more, and a note of it stays for `eraseRemoved`. The claim of its ID stays for good: it is never given again.
 */
export async function removeRelease(table: Table, release: Release): Promise<RemovalOutcome> {
  const { organization, version, id: releaseId } = release;
  const projects = [...(release.projectIds ?? [])];
  try {
    await table.write([
      {
        delete: releaseKey(release),
        onlyIf: {
          expression: `#id = :id AND ${projects.length === 0 ? 'attribute_not_exists(#projectIds)' : '#projectIds = :projectIds'}`,
          names: { '#id': 'id', '#projectIds': 'projectIds' },
          values: { ':id': releaseId, ...(projects.length > 0 && { ':projectIds': new Set(projects) }) },
        },
      },
      { put: removalItem.toItem({ organization, version, releaseId }) },
      ...projects.map((projectId) => ({
        delete: linkKey({ organization, version, projectId }),
        onlyIf: {
          expression: 'attribute_not_exists(#hasHealthData) OR #hasHealthData = :false',
          names: { '#hasHealthData': 'hasHealthData' },
          values: { ':false': false },
        },
      })),
    ]);
    return 'removed';
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [changed, , ...links] = error.failed;
    if (changed !== undefined) return 'changed';
    return links.some((item) => typeof item === 'object' && linkOf(item).hasHealthData) ? 'has-health-data' : 'changed';
  }
}

/** Deletes what belonged to releases of this version that are gone: commit lists, deploys. Doing it again does no harm. */
export async function eraseRemoved(table: Table, at: ReleaseAddress): Promise<void> {
  const removals = { partition: releasePartition(at), beginsWith: removalPrefix, consistent: true };
  for await (const item of table.queryAll(removals)) {
    const removal = removalItem.fromItem(item);
    const data = { partition: releaseDataPartition(removal.releaseId), consistent: true };
    let more = true;
    while (more) {
      const page = await table.query(data);
      await table.batchWrite(page.items.map(({ pk, sk }) => ({ delete: { pk, sk } })));
      more = page.next !== undefined;
    }
    await table.batchWrite([{ delete: removalItem.key(removal) }]);
  }
}
