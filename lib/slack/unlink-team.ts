import { membershipHolds, teamsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { actOnLink, type LinkPlan } from './act-on-link.ts';
import { channelLookup, deleteTeamChannel, readTeamChannels, saveChannel } from './channel-link-store.ts';
import { messages } from './messages.ts';
import { type LinkVisitor, requireLinkedPerson } from './require-linked-person.ts';
import { linkOf, linksWithout, type NamedChannel, type TeamSettingsIntent } from './team-channels.ts';
import { mayUnlinkTeam } from './team-rights.ts';
import type { ClaimableLink } from './used-link-store.ts';

/** The channel that an organization's team is to leave, and who says so. */
export interface TeamToUnlink extends LinkVisitor {
  readonly link: ClaimableLink;
  readonly channelId: string;
  readonly organization: string;
}

/** What unlinking did; the same in the end when there was nothing to unlink. */
export type UnlinkedTeam =
  | { readonly outcome: 'not-linked' }
  | {
      readonly outcome: 'unlinked';
      /** The slug of the team. */
      readonly team: string;
      readonly channel: NamedChannel;
      /** Absent while the team has a channel in another workspace, and when the team itself is gone. */
      readonly settings?: TeamSettingsIntent;
    };

/**
 * Has the messages of an organization's team come to a channel no more.
 * @throws LinkGoneError for a used link; NotFoundError without the workspace or the organization there; ForbiddenError for the wrong person or role
 */
export async function unlinkTeam(app: Pick<App, 'table' | 'clock'>, input: TeamToUnlink): Promise<UnlinkedTeam> {
  const { link, teamId } = input;
  return actOnLink(app, { link, teamId }, () => plan(app, input));
}

/**
 * What `unlinkTeam` would do, for the page that asks for confirmation; nothing is written.
 * @throws ForbiddenError, NotFoundError as it would
 */
export async function previewUnlinkTeam(
  app: Pick<App, 'table'>,
  input: Omit<TeamToUnlink, 'link'>,
): Promise<UnlinkedTeam> {
  return (await plan(app, input)).result;
}

async function plan(app: Pick<App, 'table'>, input: Omit<TeamToUnlink, 'link'>): Promise<LinkPlan<UnlinkedTeam>> {
  const { teamId, channelId, organization, userId } = input;
  const { memberships, also: channel } = await requireLinkedPerson(app, input, channelLookup({ teamId, channelId }));
  const membership = memberships.find((one) => one.organization === organization);
  if (membership === undefined) throw new NotFoundError(messages.organizationNotHere(organization));
  const here = linkOf(channel, organization);
  if (channel === undefined || here === undefined) return { steps: [], result: { outcome: 'not-linked' } };
  if (!mayUnlinkTeam(membership, here.team)) throw new ForbiddenError(messages.teamNotYoursToUnlink(here.team));
  const settings = await settingsLeftBehind(app, { teamId, organization, team: here.team });
  return {
    steps: [
      membershipHolds(userId, membership, here.team),
      saveChannel({ ...channel, links: linksWithout(channel, organization) }, channel),
      deleteTeamChannel({ organization, team: here.team, teamId, channelId }),
    ],
    result: {
      outcome: 'unlinked',
      team: here.team,
      channel: { channelId, name: channel.name },
      ...(settings && { settings }),
    },
  };
}

async function settingsLeftBehind(
  app: Pick<App, 'table'>,
  { teamId, organization, team }: { teamId: string; organization: string; team: string },
): Promise<TeamSettingsIntent | undefined> {
  const [[teams], channels] = await Promise.all([
    lookUp(app.table, [teamsLookup(organization, [team])]),
    readTeamChannels(app.table, { organization, team }),
  ]);
  const ownerId = teams.get(team)?.id;
  if (ownerId === undefined || channels.some((one) => one.teamId !== teamId)) return undefined;
  return { what: 'remove', organization, ownerType: 'team', ownerId };
}
