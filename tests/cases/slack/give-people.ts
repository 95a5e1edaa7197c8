import {
  addMember,
  changeTeamRole,
  createOrganization,
  createTeam,
  findMember,
} from '../../../lib/organizations/index.ts';
import { emailOf, type Given, organizationsOf, type TeamAt, teamAt, userOf } from './given.ts';
import { type CaseApp, ownerAddress } from './world.ts';

type Membership = NonNullable<Given['memberships']>[number];

/** Where somebody is who is in none of the organizations that a case is about. */
export const elsewhere = 'elsewhere';

/** Founds the organizations with their people and teams. @returns the user that the case is about */
export async function givePeople(app: CaseApp, given: Given): Promise<{ readonly userId: string }> {
  const memberships = membershipsIn(given);
  const email = userOf(given);
  for (const slug of [...organizationsOf(given), elsewhere]) {
    await createOrganization(app, { slug, name: `The organization ${slug}` });
    await addMember(app, { organization: slug, email: ownerAddress, name: 'Olga Owner', role: 'owner' });
  }
  for (const { org: organization, role } of memberships) {
    await addMember(app, { organization, email, name: 'Una User', role });
  }
  for (const { user } of given.identities) await addOther(app, given, emailOf(user));
  await giveTeams(app, given, memberships);
  if (memberships.length === 0) {
    return addMember(app, { organization: elsewhere, email, name: 'Una User', role: 'member' });
  }
  const member = await findMember(app, memberships[0]?.org ?? '', email);
  if (member === undefined) throw new Error('the user was not added');
  return member;
}

/** Somebody else who is in the organization that the case is about. */
async function addOther(app: CaseApp, given: Given, email: string): Promise<void> {
  const organization = organizationsOf(given)[0] ?? '';
  if ((await findMember(app, organization, email)) !== undefined) return;
  await addMember(app, { organization, email, role: 'member' });
}

/** What the user is where; cases say it of each organization, or once for all that are not somebody else's. */
function membershipsIn(given: Given): readonly Membership[] {
  if (given.memberships !== undefined) return given.memberships;
  const first = organizationsOf(given)[0];
  return organizationsOf(given)
    .filter((org) => !/not-mine|other|foreign/.test(org))
    .map((org) => ({
      org,
      role: given.role ?? 'member',
      team_roles: org === first ? (given.team_roles ?? {}) : {},
    }));
}

async function giveTeams(app: CaseApp, given: Given, memberships: readonly Membership[]): Promise<void> {
  const joined = new Set(memberships.map(({ org }) => org));
  const roles = memberships.flatMap(({ org, team_roles: teamRoles }) =>
    Object.entries(teamRoles).map(([team, role]) => ({ organization: org, team, role })),
  );
  const named = [...given.teams, ...given.links, ...given.channel_linked_to].map((name) => teamAt(given, name));
  const teams = new Map<string, TeamAt>([...named, ...roles].map((one) => [`${one.organization}/${one.team}`, one]));
  for (const { organization, team } of teams.values()) {
    await createTeam(app, { organization, slug: team, members: joined.has(organization) ? [userOf(given)] : [] });
  }
  for (const { organization, team, role } of roles) {
    await changeTeamRole(app, { organization, email: userOf(given), team, role });
  }
}
