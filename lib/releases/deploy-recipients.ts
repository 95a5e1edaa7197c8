import type { App } from '../platform/app.ts';
import type { Release } from './release-record.ts';

/** How much a member wants to be told of deploys; `committed_only` unless they said otherwise. */
type DeploySetting = 'always' | 'committed_only' | 'never';

/** IDs of the members to tell of a deploy: whoever made commits of the release and does not want to be left alone. */
export async function deployRecipients(
  app: Pick<App, 'table'>,
  { organization, commitList }: Release,
  projectIds: readonly string[],
): Promise<string[]> {
  const authors = [...new Set((commitList?.authors ?? []).flatMap(({ userId }) => userId ?? []))];
  if (authors.length === 0) return [];
  const settings = await deploySettings(app, { organization, projectIds, userIds: authors });
  return authors.filter((userId) => settings.get(userId) !== 'never');
}

/** What members said; who is missing said nothing. Nobody can say anything yet. */
async function deploySettings(
  _app: Pick<App, 'table'>,
  _input: {
    readonly organization: string;
    readonly projectIds: readonly string[];
    readonly userIds: readonly string[];
  },
): Promise<ReadonlyMap<string, DeploySetting>> {
  return new Map();
}
