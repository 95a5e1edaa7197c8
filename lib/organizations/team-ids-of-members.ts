import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { readMembers } from './member-store.ts';
import { teamsLookup } from './team-store.ts';

/** The IDs of the teams that each of these users is in, with two reads; who is no member is missing. */
export async function teamIdsOfMembers(
  app: Pick<App, 'table'>,
  organization: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const members = await readMembers(app.table, organization, [...new Set(userIds)]);
  const slugs = members.flatMap(({ teams }) => [...(teams ?? [])]);
  const [teams] = await lookUp(app.table, [teamsLookup(organization, slugs)]);
  return new Map(
    members.map((member) => [member.userId, [...(member.teams ?? [])].flatMap((slug) => teams.get(slug)?.id ?? [])]),
  );
}
