export { createIssue, issueInput } from './create-issue.ts';
export { findIssue, findIssueIds, listActivities, listHistory } from './find-issue.ts';
export { isFirstRelease } from './is-first-release.ts';
export type { IssueActivity, IssueHistoryEntry } from './issue-record-store.ts';
export type { Issue } from './issue-store.ts';
export { activityTypes, issueStatuses } from './issue-words.ts';
export {
  type CommitLinkRequest,
  type LinkedCommit,
  linkCommit,
  listIssuesOfCommit,
  unlinkCommit,
} from './link-commit.ts';
export { type IssuePage, type IssuesRequest, listIssues } from './list-issues.ts';
export { markRegressed } from './mark-regressed.ts';
export { type InboxRemoval, removeIssueFromInbox } from './remove-issue-from-inbox.ts';
export { type FixedIssue, resolveIssuesInRelease } from './resolve-issues-in-release.ts';
export { canonicalShortId } from './short-id.ts';
export { type IssuesUpdate, type UpdatedIssues, updateIssues, wantedStatuses } from './update-issues.ts';
