import type { App } from '../platform/app.ts';
import { changeIssue } from './change-issue.ts';
import type { LinkedCommit } from './link-commits.ts';
import { planUnlink } from './plan-change.ts';

/** Takes a link back because the commit says it no longer, and opens the issue if it is resolved. `true` when there was one. */
export async function unlinkCommit(
  app: Pick<App, 'table' | 'clock'>,
  {
    organization,
    issueId,
    commit,
    actor,
  }: {
    readonly organization: string;
    readonly issueId: string;
    readonly commit: LinkedCommit;
    /** ID of the user who made the commit, if that is known. */
    readonly actor?: string | undefined;
  },
): Promise<boolean> {
  const undo = { repository: commit.repository, commit: commit.id };
  const { changed } = await changeIssue(app, { organization, issueId, actor, undo }, planUnlink);
  return changed;
}
