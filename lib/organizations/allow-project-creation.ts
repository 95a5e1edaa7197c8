import type { App } from '../platform/app.ts';
import { ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Caller } from './authenticate-token.ts';
import { reachLookup } from './membership.ts';
import { messages } from './messages.ts';
import { organizationLookup } from './organization-store.ts';
import { type Team, teamsLookup } from './team-store.ts';

/**
 * Lets a caller pass who may make a project for this team of their organization, with one read.
 * @throws NotFoundError without such a team, ForbiddenError for a person who is not in it or may not make projects
 */
export async function allowProjectCreation(
  app: Pick<App, 'table'>,
  caller: Caller,
  { organization, team: slug }: { readonly organization: string; readonly team: string },
): Promise<Team> {
  const [reach, about, teams] = await lookUp(app.table, [
    reachLookup(caller),
    organizationLookup(organization),
    teamsLookup(organization, [slug]),
  ]);
  const team = teams.get(slug);
  if (team === undefined) throw new NotFoundError(messages.teamUnknown(slug));
  if (!reach(slug)) throw new ForbiddenError(messages.teamForbidden);
  const changesOrganization = caller.scopes.includes('org:write') || caller.scopes.includes('org:admin');
  if (about?.membersCreateProjects === false && !changesOrganization) {
    throw new ForbiddenError(messages.projectCreationDisabled);
  }
  return team;
}
