import type * as z from 'zod';
import { type Caller, reachLookup, teamsLookup } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import { lookUp } from '../../lib/platform/lookup.ts';
import {
  type Project,
  type projectChangesBody,
  projectsLookup,
  reachedProject,
  requireKnownTeam,
  updateProject,
} from '../../lib/projects/index.ts';

/**
 * Changes the project that an address names, for a caller who reaches it and the team that it is to belong to; one read
 * for all that has to be known before.
 * @throws NotFoundError, ForbiddenError, InvalidFieldsError for a team that there is not or that the caller is not in
 */
export async function changeProject(
  app: Pick<App, 'table'>,
  caller: Caller,
  { org: organization, project: named }: { readonly org: string; readonly project: string },
  changes: z.infer<typeof projectChangesBody>,
): Promise<Project> {
  const wantedTeams = changes.team ? [changes.team] : [];
  const [reach, found, teams] = await lookUp(app.table, [
    reachLookup(caller),
    projectsLookup(organization, [named]),
    teamsLookup(organization, wantedTeams),
  ]);
  const project = reachedProject(found, reach);
  for (const team of wantedTeams) requireKnownTeam(team, teams.has(team) && reach(team));
  return updateProject(app, { organization, project: project.id, changes });
}
