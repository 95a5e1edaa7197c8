import { requireOrganization } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { InvalidFieldsError } from '../platform/errors.ts';
import type { SentCommit } from './commit-body.ts';
import { messages } from './messages.ts';
import { type PreparedCommit, prepareCommits } from './prepare-commits.ts';

/** Each takes 60 bytes of one expression, which has 4 KB. */
const maxRepositories = 60;

/**
 * The list that a release is to get of the commits that were sent; nothing is written yet.
 * @throws InvalidFieldsError about `commits`
 */
export async function planCommits(
  app: Pick<App, 'table'>,
  organization: string,
  sent: readonly SentCommit[],
): Promise<PreparedCommit[]> {
  const commits = prepareCommits(sent, await defaultRepository(app, organization, sent));
  if (new Set(commits.map(({ repository }) => repository)).size > maxRepositories) {
    throw new InvalidFieldsError({ commits: [messages.tooManyRepositories(maxRepositories)] });
  }
  return commits;
}

/** Commits that name no repository come from one that belongs to the organization as a whole. */
async function defaultRepository(
  app: Pick<App, 'table'>,
  organization: string,
  sent: readonly SentCommit[],
): Promise<string> {
  if (sent.every(({ repository }) => repository)) return '';
  return `organization-${(await requireOrganization(app, organization)).id}`;
}
