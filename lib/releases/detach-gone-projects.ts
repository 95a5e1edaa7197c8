import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { eraseProjectActivities, projectsLookup } from '../projects/index.ts';
import { takeOutOfRelease } from './erase-project-releases.ts';
import type { ReleaseAddress } from './release-store.ts';

/**
 * Takes those of its projects out of a release that were deleted while it was written: what erases a project may have
 * passed by a moment before. One read when there are none, and doing it again does no harm.
 */
export async function detachGoneProjects(
  app: Pick<App, 'table'>,
  { projectIds, ...at }: ReleaseAddress & { readonly projectIds: readonly string[] },
): Promise<void> {
  const { organization } = at;
  const [{ missing }] = await lookUp(app.table, [projectsLookup(organization, projectIds)]);
  for (const projectId of missing) {
    await takeOutOfRelease(app.table, at, projectId);
    while ((await eraseProjectActivities(app, { organization, projectId })) === 'more');
  }
}
