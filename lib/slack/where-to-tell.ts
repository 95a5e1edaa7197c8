import type { App } from '../platform/app.ts';
import { readChannels, readTeamChannels } from './channel-link-store.ts';
import { readAccounts } from './identity-store.ts';
import { findActiveWorkspace } from './workspaces.ts';

/** A Slack user who is somebody of ours. */
export interface PersonInSlack {
  readonly teamId: string;
  readonly slackUserId: string;
}

/** A channel that a team has its messages in. */
export interface ChannelOfTeam {
  readonly teamId: string;
  readonly channelId: string;
  readonly name: string;
}

/** Who a member of an organization is in Slack: in the first workspace that serves it and in which they are linked. */
export async function findPersonInSlack(
  app: Pick<App, 'table'>,
  { organization, userId }: { readonly organization: string; readonly userId: string },
): Promise<PersonInSlack | undefined> {
  for (const { teamId, slackUserId } of await readAccounts(app.table, userId)) {
    if ((await findActiveWorkspace(app, { organization, teamId })) !== undefined) return { teamId, slackUserId };
  }
  return undefined;
}

/** The channels that a team is linked to, one for each workspace at most. */
export async function findTeamChannels(
  { table }: Pick<App, 'table'>,
  team: { readonly organization: string; readonly team: string },
): Promise<ChannelOfTeam[]> {
  const linked = await readTeamChannels(table, team);
  const channels = await readChannels(table, linked);
  return linked.map(({ teamId, channelId }) => {
    const channel = channels.find((one) => one.teamId === teamId && one.channelId === channelId);
    return { teamId, channelId, name: channel?.name ?? channelId };
  });
}
