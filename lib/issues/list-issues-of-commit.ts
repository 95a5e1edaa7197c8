import type { App } from '../platform/app.ts';
import { readCommitLinks } from './issue-record-store.ts';
import type { LinkedCommit } from './link-commits.ts';

/** IDs of the issues that a commit says it fixes. */
export async function listIssuesOfCommit(
  app: Pick<App, 'table'>,
  { organization, commit }: { readonly organization: string; readonly commit: LinkedCommit },
): Promise<string[]> {
  const links = await readCommitLinks(app.table, { organization, repository: commit.repository, commit: commit.id });
  return links.map(({ issueId }) => issueId);
}
