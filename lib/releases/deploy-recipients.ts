import { teamIdsOfMembers } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { notificationSettingsFor } from '../projects/index.ts';
import type { Release } from './release-record.ts';

/** IDs of the members to tell of a deploy: whoever made commits of the release and does not want to be left alone. */
export async function deployRecipients(
  app: Pick<App, 'table'>,
  { organization, commitList }: Release,
  projectIds: readonly string[],
): Promise<string[]> {
  const listed = commitList?.authorIds ?? (commitList?.authors ?? []).flatMap(({ userId }) => userId ?? []);
  const userIds = [...new Set(listed)];
  if (userIds.length === 0) return [];
  const teamIds = await teamIdsOfMembers(app, organization, userIds);
  const settings = await notificationSettingsFor(app, { organization, projectIds, kind: 'deploy', userIds, teamIds });
  return userIds.filter((userId) => settings.get(userId) !== 'never');
}
