import { type Caller, teamsLookup } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import { lookUp } from '../../lib/platform/lookup.ts';
import { type Project, type ProjectJson, serializeProject } from '../../lib/projects/index.ts';

/** Shows projects that a caller reaches, each with its team; one read for the teams of all of them. */
export async function showProjects(
  app: Pick<App, 'table'>,
  caller: Caller,
  projects: readonly Project[],
): Promise<ProjectJson[]> {
  const slugs = projects.flatMap(({ team }) => team ?? []);
  const [teams] = await lookUp(app.table, [teamsLookup(caller.organization, slugs)]);
  const view = { access: caller.scopes, isPerson: caller.userId !== undefined };
  return projects.map((project) =>
    serializeProject(project, { ...view, team: project.team === undefined ? undefined : teams.get(project.team) }),
  );
}

/** Shows one project that a caller reaches. */
export async function showProject(app: Pick<App, 'table'>, caller: Caller, project: Project): Promise<ProjectJson> {
  const [shown] = await showProjects(app, caller, [project]);
  if (shown === undefined) throw new TypeError('One project was asked for and none came back.');
  return shown;
}
