import { type Caller, type Reach, reachLookup } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import { lookUp } from '../../lib/platform/lookup.ts';
import { allReached, listProjects, type Project, projectsLookup, reachedProject } from '../../lib/projects/index.ts';

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

/** How a query says that it means all projects. */
const allProjects = '-1';

/**
 * The projects that a query names by slug or ID; all within reach when it names none.
 * @throws InvalidFieldsError naming those that there are not or that the caller does not reach, UnauthenticatedError
 */
export async function projectsInReach(
  app: Pick<App, 'table'>,
  caller: Caller,
  { org, projects }: { readonly org: string; readonly projects: readonly string[] },
): Promise<readonly Project[]> {
  if (projects.length === 0 || projects.includes(allProjects)) {
    const [reach, all] = await Promise.all([reachOf(app, caller), listProjects(app, { organization: org })]);
    return all.filter(({ team }) => reach(team));
  }
  const [reach, found] = await lookUp(app.table, [reachLookup(caller), projectsLookup(org, projects)]);
  return allReached(found, reach);
}
