import type { App } from '../platform/app.ts';
import { ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Caller } from './authenticate-token.ts';
import { type Reach, reachLookup } from './membership.ts';
import { messages } from './messages.ts';
import { type Team, teamsLookup } from './team-store.ts';

/**
 * The team with this slug, and all that the caller reaches, with one read.
 * @throws NotFoundError, ForbiddenError for a person who is not in the team, UnauthenticatedError
 */
export async function requireReachedTeam(
  app: Pick<App, 'table'>,
  caller: Caller,
  organization: string,
  slug: string,
): Promise<{ readonly team: Team; readonly reach: Reach }> {
  const [reach, teams] = await lookUp(app.table, [reachLookup(caller), teamsLookup(organization, [slug])]);
  const team = teams.get(slug);
  if (team === undefined) throw new NotFoundError(messages.teamUnknown(slug));
  if (!reach(slug)) throw new ForbiddenError(messages.teamForbidden);
  return { team, reach };
}
