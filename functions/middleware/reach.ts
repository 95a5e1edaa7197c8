import { type Caller, type Reach, reachLookup } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import { lookUp } from '../../lib/platform/lookup.ts';
import { type Project, projectsLookup, reachedProject } from '../../lib/projects/index.ts';

/** What a caller reaches, with one read for a person. @throws UnauthenticatedError when they left the organization */
export async function reachOf(app: Pick<App, 'table'>, caller: Caller): Promise<Reach> {
  const [reach] = await lookUp(app.table, [reachLookup(caller)]);
  return reach;
}

/**
 * The project that an address names by slug or ID, with one read.
 * @throws NotFoundError, ForbiddenError when the caller does not reach it, UnauthenticatedError
 */
export async function projectInReach(
  app: Pick<App, 'table'>,
  caller: Caller,
  { org, project }: { readonly org: string; readonly project: string },
): Promise<Project> {
  const [reach, found] = await lookUp(app.table, [reachLookup(caller), projectsLookup(org, [project])]);
  return reachedProject(found, reach);
}
