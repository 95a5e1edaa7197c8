import { teamsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { readTeamChannels, type TeamChannel } from './channel-link-store.ts';
import type { TeamSettingsIntent } from './team-channels.ts';

/** What becomes of the settings of a team that leaves its channel of a workspace; undefined when it has one elsewhere, or is gone. */
export async function settingsLeftBehind(
  app: Pick<App, 'table'>,
  { teamId, organization, team }: Pick<TeamChannel, 'teamId' | 'organization' | 'team'>,
): Promise<TeamSettingsIntent | undefined> {
  const [[teams], channels] = await Promise.all([
    lookUp(app.table, [teamsLookup(organization, [team])]),
    readTeamChannels(app.table, { organization, team }),
  ]);
  const ownerId = teams.get(team)?.id;
  if (ownerId === undefined || channels.some((one) => one.teamId !== teamId)) return undefined;
  return { what: 'remove', organization, ownerType: 'team', ownerId };
}
