import type { App } from '../platform/app.ts';
import { changeIssue } from './change-issue.ts';
import { readCommitLinks } from './issue-record-store.ts';
import { planResolveInCommit, planUnlink } from './plan-change.ts';

/** A commit by the name of its repository and its ID there. */
export interface LinkedCommit {
  readonly repository: string;
  readonly id: string;
}

/**
 * Which issue and commit, the ID of the user who made the commit, if that is known, and whether that user takes issues
 * that they fix and that nobody has.
 */
export interface CommitLinkRequest {
  readonly organization: string;
  readonly issueId: string;
  readonly commit: LinkedCommit;
  readonly actor?: string | undefined;
  readonly selfAssign?: boolean | undefined;
}

/**
 * Notes that a commit says that it fixes an issue, and resolves the issue, once: a commit that is linked already
 * changes nothing. `true` when the link is new.
 */
export async function linkCommit(
  app: Pick<App, 'table' | 'clock'>,
  { organization, issueId, commit, actor, selfAssign }: CommitLinkRequest,
): Promise<boolean> {
  const once = { repository: commit.repository, commit: commit.id };
  const { changed } = await changeIssue(app, { organization, issueId, actor, once }, (issue, occasion) =>
    planResolveInCommit(issue, commit.id, occasion, selfAssign),
  );
  return changed;
}

/** Takes a link back because the commit says it no longer, and opens the issue if it is resolved. `true` when there was one. */
export async function unlinkCommit(
  app: Pick<App, 'table' | 'clock'>,
  { organization, issueId, commit, actor }: CommitLinkRequest,
): Promise<boolean> {
  const undo = { repository: commit.repository, commit: commit.id };
  const { changed } = await changeIssue(app, { organization, issueId, actor, undo }, planUnlink);
  return changed;
}

/** IDs of the issues that a commit says it fixes. */
export async function listIssuesOfCommit(
  app: Pick<App, 'table'>,
  { organization, commit }: { readonly organization: string; readonly commit: LinkedCommit },
): Promise<string[]> {
  const links = await readCommitLinks(app.table, { organization, repository: commit.repository, commit: commit.id });
  return links.map(({ issueId }) => issueId);
}
