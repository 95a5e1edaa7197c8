import { memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { projectsLookup } from '../projects/index.ts';
import { type ReleaseAddressed, requireRelease } from './find-release.ts';
import { findPreviousRelease } from './previous-release.ts';
import type { ReleaseJson } from './release-json.ts';
import { serializeRelease } from './serialize-release.ts';

/**
 * The release before this one that has commits, in a project that the caller reaches: where a client begins to list the
 * commits of this one. Undefined when there is none.
 * @throws NotFoundError, ForbiddenError as `requireRelease`
 */
export async function showPreviousRelease(
  app: Pick<App, 'table'>,
  addressed: ReleaseAddressed,
): Promise<ReleaseJson | undefined> {
  const { release, reached, reach } = await requireRelease(app, addressed);
  const projectIds = reached.map(({ id }) => id);
  const previous = await findPreviousRelease(app, release, { withCommits: true, notAfter: true, projectIds });
  if (previous === undefined) return undefined;
  const [{ found }, owner] = await lookUp(app.table, [
    projectsLookup(previous.organization, [...(previous.projectIds ?? [])]),
    memberProfileLookup(previous.organization, previous.ownerId),
  ]);
  return serializeRelease(
    previous,
    found.filter(({ team }) => reach(team)),
    owner,
  );
}
