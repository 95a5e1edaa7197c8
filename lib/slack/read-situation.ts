import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { channelLookup } from './channel-link-store.ts';
import { identityLookup } from './identity-store.ts';
import type { CommandPlace, Situation } from './situation.ts';
import { isSlackId } from './slack-id.ts';
import { workspaceLookup } from './workspace-store.ts';

/** Slack's own limit; a longer text would make a link that is too long to be opened. */
const longestChannelName = 80;

/**
 * Everything that the answer to a linking command depends on, with one batched read of three items. Roles and teams are the
 * identity's copies: `refreshMemberships` brings them up to date.
 * @returns undefined when the workspace is unknown or switched off
 */
export async function readSituation(app: Pick<App, 'table'>, given: CommandPlace): Promise<Situation | undefined> {
  const { teamId } = given;
  if (!isSlackId(teamId)) return undefined;
  const slackUserId = isSlackId(given.slackUserId) ? given.slackUserId : undefined;
  const channelId = isSlackId(given.channelId) ? given.channelId : undefined;
  const [workspace, identity, channel] = await lookUp(app.table, [
    workspaceLookup(teamId),
    identityLookup(teamId, slackUserId),
    channelLookup({ teamId, ...(channelId !== undefined && { channelId }) }),
  ]);
  if (workspace?.status !== 'active') return undefined;
  const served = workspace.organizations;
  const isServed = ({ organization }: { readonly organization: string }): boolean => served?.has(organization) ?? true;
  const teamsHere = (channel?.links ?? []).filter(isServed).map(({ organization, team }) => ({ organization, team }));
  return {
    place: {
      teamId,
      slackUserId,
      channelId,
      channelName: given.channelName?.slice(0, longestChannelName).toWellFormed(),
    },
    ...(identity && { identity: { userId: identity.userId, email: identity.email } }),
    memberships: (identity?.memberships ?? []).filter(isServed),
    teamsHere: teamsHere.sort((one, other) => (one.organization < other.organization ? -1 : 1)),
  };
}
