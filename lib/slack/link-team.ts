import { type Membership, membershipHolds, type Team, teamsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError } from '../platform/errors.ts';
import { type Lookup, lookUp } from '../platform/lookup.ts';
import type { WriteAction } from '../platform/table.ts';
import { actOnLink, type LinkPlan } from './act-on-link.ts';
import {
  type Channel,
  channelLookup,
  putTeamChannel,
  saveChannel,
  type TeamChannel,
  teamChannelsLookup,
} from './channel-link-store.ts';
import { escapeMrkdwn } from './escape-mrkdwn.ts';
import type { LinkDeed } from './link-deed.ts';
import { LinkForbiddenError, LinkTargetGoneError } from './link-refused-errors.ts';
import { messages } from './messages.ts';
import { type LinkVisitor, requireLinkedPerson } from './require-linked-person.ts';
import {
  linkOf,
  linksWithout,
  type NamedChannel,
  type TeamSettingsIntent,
  type WriteSettings,
} from './team-channels.ts';
import { mayLinkTeam } from './team-rights.ts';
import { type CommandName, type News, type Told, tell } from './tell-of-link.ts';
import type { ClaimableLink } from './used-link-store.ts';
import { workspaceServes } from './workspace-store.ts';

/** Which team is to have its messages in which channel, and who says so. */
export interface TeamToLink extends LinkVisitor {
  readonly link: ClaimableLink;
  readonly channelId: string;
  readonly channelName: string;
  readonly organization: string;
  /** The slug of the team. */
  readonly team: string;
  /** The channel that the team is to leave, as the person has confirmed it. */
  readonly moveFromChannelId?: string | undefined;
  /** What else is to be written together with the link: what its notification settings become. */
  readonly also?: WriteSettings;
}

/** What linking did. `move-needed` did nothing: the team is in another channel, and leaving that wants to be confirmed. */
export type LinkedTeam =
  | { readonly outcome: 'move-needed'; readonly team: Team; readonly from: NamedChannel }
  | { readonly outcome: 'already-linked'; readonly team: Team; readonly channel: NamedChannel }
  | ({
      readonly outcome: 'linked' | 'moved';
      readonly team: Team;
      readonly channel: NamedChannel;
      /** The channel that the team has left. */
      readonly from?: NamedChannel;
      readonly settings: TeamSettingsIntent;
    } & Told);

/**
 * Has a team's messages come to a channel. A team has one channel in a workspace, and an organization one team in a channel.
 * @throws LinkGoneError for a used link; NotFoundError without the workspace, the organization there or the team;
 *   ForbiddenError for the wrong person or role; ConflictError when the channel has another team of the organization
 */
export async function linkTeam(
  app: Pick<App, 'table' | 'clock'> & CommandName,
  input: TeamToLink,
): Promise<LinkedTeam> {
  const { teamId } = input;
  return actOnLink<LinkedTeam>(app, input, async () => {
    const target = await readTarget(app, input);
    const { team, channel } = target;
    const here = linkOf(channel, input.organization);
    if (here !== undefined && here.team !== team.slug) throw new ConflictError(messages.channelHasOtherTeam(here.team));
    const named = { channelId: input.channelId, name: input.channelName };
    if (here !== undefined) {
      // Nothing but the name can have changed.
      const steps = [saveChannel({ ...named, teamId, links: channel?.links ?? [] }, channel)];
      const deed = { what: 'team-already-linked', team: team.name, channel: named.name } as const;
      return { steps, result: { outcome: 'already-linked', team, channel: named }, deed };
    }
    return move(app, input, target);
  });
}

interface Target {
  readonly membership: Membership;
  readonly team: Team;
  /** Where the team is to go. */
  readonly channel: Channel | undefined;
  /** Where the team is. */
  readonly current: TeamChannel | undefined;
}

async function readTarget(app: Pick<App, 'table'>, input: TeamToLink): Promise<Target> {
  const { teamId, channelId, organization, team: slug } = input;
  const { memberships, also } = await requireLinkedPerson(app, input, teamsLookup(organization, [slug]));
  const membership = memberships.find((one) => one.organization === organization);
  if (membership === undefined) throw new LinkTargetGoneError('not-member', messages.organizationNotHere(organization));
  const team = also.get(slug);
  if (team === undefined) throw new LinkTargetGoneError('no-team', messages.teamNotHere(slug));
  if (!mayLinkTeam(membership, slug)) throw new LinkForbiddenError('no-role', messages.teamNotYours(slug));
  const [channel, [current]] = await lookUp(app.table, [
    channelLookup({ teamId, channelId }),
    teamChannelsLookup(teamId, [{ organization, team: slug }]),
  ]);
  return { membership, team, channel, current };
}

async function move(
  app: Pick<App, 'table' | 'clock'> & CommandName,
  input: TeamToLink,
  { membership, team, channel, current }: Target,
): Promise<LinkPlan<LinkedTeam>> {
  const { teamId, channelId, channelName: name, organization, userId, moveFromChannelId } = input;
  const old = current && (await readOldChannel(app, { teamId, channelId: current.channelId }));
  const from = current && { channelId: current.channelId, name: old?.name ?? current.channelId };
  if (from !== undefined && from.channelId !== moveFromChannelId) {
    return { steps: undefined, result: { outcome: 'move-needed', team, from } };
  }
  const link = { organization, team: team.slug, linkedAt: isoTime(app.clock.now()), linkedByUserId: userId };
  const steps: WriteAction[] = [
    workspaceServes({ teamId, organization }),
    membershipHolds(userId, membership, team.slug),
    saveChannel({ teamId, channelId, name, links: [...(channel?.links ?? []), link] }, channel),
    putTeamChannel({ organization, team: team.slug, teamId, channelId }, current),
    ...(old === undefined ? [] : [saveChannel({ ...old, links: linksWithout(old, organization) }, old)]),
  ];
  const settings = { what: 'switch-on', organization, ownerType: 'team', ownerId: team.id } as const;
  const { told, writes } = tell(app, input.link, newsOf(app, input, { team, from }));
  const result = {
    outcome: from === undefined ? ('linked' as const) : ('moved' as const),
    team,
    channel: { channelId, name },
    ...(from !== undefined && { from }),
    settings,
    told,
  };
  const at = { team: team.name, channel: name };
  const deed: LinkDeed = from ? { what: 'team-moved', ...at, from: from.name } : { what: 'team-linked', ...at };
  return { steps: [...steps, ...writes, ...((await input.also?.(settings)) ?? [])], result, deed, told };
}

/** What the channel is told, and the one that the team has left. */
function newsOf(
  { surroundings: { command } }: CommandName,
  { teamId, channelId, slackUserId, organization }: TeamToLink,
  { team, from }: { readonly team: Team; readonly from: NamedChannel | undefined },
): News[] {
  const name = messages.teamOf(escapeMrkdwn(team.name), organization);
  const linked = {
    teamId,
    destination: { kind: 'channel', channelId },
    text: messages.teamLinked(name, slackUserId, command),
  } as const;
  if (from === undefined) return [linked];
  const left = {
    teamId,
    destination: { kind: 'channel', channelId: from.channelId },
    text: messages.teamMoved(name, slackUserId, channelId),
  } as const;
  return [linked, left];
}

async function readOldChannel(
  app: Pick<App, 'table'>,
  at: Pick<Channel, 'teamId' | 'channelId'>,
): Promise<Channel | undefined> {
  const lookup: Lookup<Channel | undefined> = channelLookup(at);
  const [channel] = await lookUp(app.table, [lookup]);
  return channel;
}
