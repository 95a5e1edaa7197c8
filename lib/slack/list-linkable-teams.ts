import { listTeams, type Membership, type Team, teamsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { readChannels, teamChannelsLookup } from './channel-link-store.ts';
import { type LinkVisitor, requireLinkedPerson } from './require-linked-person.ts';
import type { NamedChannel } from './team-channels.ts';
import { mayLinkTeam } from './team-rights.ts';

/** A team that somebody may link, with the channel that it would leave. */
export interface LinkableTeam {
  readonly team: Team;
  readonly channel?: NamedChannel;
}

const nothing = { keys: [], read: () => undefined } as const;

/**
 * The teams that somebody may link in a workspace, over all of its organizations, by organization and slug.
 * @throws NotFoundError when the workspace has gone, ForbiddenError for a Slack user who is nobody or somebody else
 */
export async function listLinkableTeams(app: Pick<App, 'table'>, visitor: LinkVisitor): Promise<LinkableTeam[]> {
  const { memberships } = await requireLinkedPerson(app, visitor, nothing);
  const teams = (await Promise.all(memberships.map((membership) => teamsFor(app, membership)))).flat();
  const addresses = teams.map(({ organization, slug }) => ({ organization, team: slug }));
  const [linked] = await lookUp(app.table, [teamChannelsLookup(visitor.teamId, addresses)]);
  const names = new Map((await readChannels(app.table, linked)).map(({ channelId, name }) => [channelId, name]));
  return teams.map((team) => {
    const at = linked.find((one) => one.organization === team.organization && one.team === team.slug);
    if (at === undefined) return { team };
    return { team, channel: { channelId: at.channelId, name: names.get(at.channelId) ?? at.channelId } };
  });
}

/** Who may link every team has them all read; the others those that they are in. */
async function teamsFor(app: Pick<App, 'table'>, membership: Membership): Promise<Team[]> {
  const { organization, role, teams: own } = membership;
  if (role === 'manager' || role === 'owner') return listTeams(app, { organization });
  const slugs = own.filter((slug) => mayLinkTeam(membership, slug));
  const [teams] = await lookUp(app.table, [teamsLookup(organization, slugs)]);
  return slugs.flatMap((slug) => teams.get(slug) ?? []);
}
