import { membershipHolds } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import type { WriteAction } from '../platform/table.ts';
import { actOnLink } from './act-on-link.ts';
import { channelLookup, deleteTeamChannel, saveChannel } from './channel-link-store.ts';
import { escapeMrkdwn } from './escape-mrkdwn.ts';
import { LinkForbiddenError, LinkTargetGoneError } from './link-refused-errors.ts';
import { messages } from './messages.ts';
import { type LinkVisitor, requireLinkedPerson } from './require-linked-person.ts';
import { settingsLeftBehind } from './settings-left-behind.ts';
import {
  linkOf,
  linksWithout,
  type NamedChannel,
  type TeamSettingsIntent,
  type WriteSettings,
} from './team-channels.ts';
import { mayUnlinkTeam } from './team-rights.ts';
import { type CommandName, type Told, tell } from './tell-of-link.ts';
import type { ClaimableLink } from './used-link-store.ts';

/** The channel that an organization's team is to leave, and who says so. */
export interface TeamToUnlink extends LinkVisitor {
  readonly link: ClaimableLink;
  readonly channelId: string;
  readonly organization: string;
  /** What else is to be written together: what the notification settings of the team become. */
  readonly also?: WriteSettings;
}

type TeamChannelToLeave = Omit<TeamToUnlink, 'link' | 'also'>;

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
export async function unlinkTeam(
  app: Pick<App, 'table' | 'clock'> & CommandName,
  input: TeamToUnlink,
): Promise<UnlinkedTeam & Told> {
  const { link, teamId, channelId, slackUserId, organization } = input;
  return actOnLink<UnlinkedTeam & Told>(app, input, async () => {
    const { steps, result } = await plan(app, input);
    if (result.outcome === 'not-linked') {
      return { steps, result: { ...result, told: [] }, deed: { what: 'team-not-linked' } };
    }
    const name = messages.teamOf(escapeMrkdwn(result.team), organization);
    const text = messages.teamUnlinked(name, slackUserId, app.surroundings.command);
    const { told, writes } = tell(app, link, [{ teamId, destination: { kind: 'channel', channelId }, text }]);
    const settings = result.settings && (await input.also?.(result.settings));
    const deed = { what: 'team-unlinked', team: result.team, channel: result.channel.name } as const;
    return { steps: [...steps, ...writes, ...(settings ?? [])], result: { ...result, told }, deed, told };
  });
}

/**
 * What `unlinkTeam` would do, for the page that asks for confirmation; nothing is written.
 * @throws ForbiddenError, NotFoundError as it would
 */
export async function previewUnlinkTeam(app: Pick<App, 'table'>, input: TeamChannelToLeave): Promise<UnlinkedTeam> {
  return (await plan(app, input)).result;
}

async function plan(
  app: Pick<App, 'table'>,
  input: TeamChannelToLeave,
): Promise<{ readonly steps: readonly WriteAction[]; readonly result: UnlinkedTeam }> {
  const { teamId, channelId, organization, userId } = input;
  const { memberships, also: channel } = await requireLinkedPerson(app, input, channelLookup({ teamId, channelId }));
  const membership = memberships.find((one) => one.organization === organization);
  if (membership === undefined) throw new LinkTargetGoneError('not-member', messages.organizationNotHere(organization));
  const here = linkOf(channel, organization);
  if (channel === undefined || here === undefined) return { steps: [], result: { outcome: 'not-linked' } };
  if (!mayUnlinkTeam(membership, here.team))
    throw new LinkForbiddenError('no-role', messages.teamNotYoursToUnlink(here.team));
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
