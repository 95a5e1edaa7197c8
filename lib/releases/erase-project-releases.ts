import type { App } from '../platform/app.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { ConditionFailedError, type Table } from '../platform/table.ts';
import { eraseProjectActivities } from '../projects/index.ts';
import { linkKey, readLinks } from './release-link-store.ts';
import { type ReleaseAddress, releaseKey } from './release-store.ts';

const releasesInPage = 100;
const concurrentWrites = 8;

/**
 * Takes a deleted project out of a page of its releases, and erases what happened in it when no release has it any more.
 * Doing it again does no harm; `more` while there may be something left. A release that loses its last project stays, and
 * is found by nobody.
 */
export async function eraseProjectReleases(
  app: Pick<App, 'table'>,
  { organization, projectId }: { readonly organization: string; readonly projectId: string },
): Promise<'more' | 'done'> {
  const links: ReleaseAddress[] = [];
  for await (const { link } of readLinks(app.table, projectId, { order: 'released', limit: releasesInPage })) {
    if (links.push({ organization: link.organization, version: link.version }) === releasesInPage) break;
  }
  await mapLimited(links, concurrentWrites, (at) => takeOutOfRelease(app.table, at, projectId));
  if (links.length > 0) return 'more';
  return eraseProjectActivities(app, { organization, projectId });
}

/**
 * Takes a project out of one release. A set of DynamoDB that loses its last member goes itself, as releases of no project
 * want it.
 */
export async function takeOutOfRelease(table: Table, at: ReleaseAddress, projectId: string): Promise<void> {
  const link = linkKey({ ...at, projectId });
  try {
    await table.write([
      {
        update: releaseKey(at),
        set: {
          expression: 'DELETE #projectIds :projectIds',
          names: { '#projectIds': 'projectIds' },
          values: { ':projectIds': new Set([projectId]) },
        },
        onlyIf: { expression: 'attribute_exists(pk)' },
      },
      { delete: link },
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    // The release is gone: what is left of the link goes, too.
    await table.batchWrite([{ delete: link }]);
  }
}
