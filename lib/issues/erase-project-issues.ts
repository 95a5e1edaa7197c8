import type { App } from '../platform/app.ts';
import { eraseNewestIssues } from './issue-erasure-store.ts';

const issuesPerCall = 25;

/**
 * Deletes a page of a project's issues with everything that belongs to them; to be called again while there is `more`,
 * after an interruption too. The numbers of short IDs go on where they were, so that none ever means two issues.
 */
export async function eraseProjectIssues(
  app: Pick<App, 'table'>,
  project: { readonly organization: string; readonly projectId: string },
): Promise<'more' | 'done'> {
  return (await eraseNewestIssues(app.table, project, issuesPerCall)) === 0 ? 'done' : 'more';
}
