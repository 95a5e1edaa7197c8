export { browseEvents, browseIssues } from './browse-issues.ts';
export { type ComeRelease, clearPendingResolutions } from './clear-pending-resolutions.ts';
export { createIssue, issueInput } from './create-issue.ts';
export { eraseProjectIssues } from './erase-project-issues.ts';
export { findIssue, findIssueIds, listActivities, listHistory } from './find-issue.ts';
export { isFirstRelease } from './is-first-release.ts';
export { changedFieldsJson, type IssueChangeBody, issueChangeBody } from './issue-change-body.ts';
export { type IssueJson, issueActivityJson, issueHistoryJson, issueJson } from './issue-json.ts';
export { type IssueReference, issueLink } from './issue-link.ts';
export type { IssueActivity, IssueHistoryEntry } from './issue-record-store.ts';
export type { Issue } from './issue-store.ts';
export type { IssueViewer, Person } from './issue-viewer.ts';
export { activityTypes, issueStatuses, wantedStatuses } from './issue-words.ts';
export {
  type CommitLinkRequest,
  type LinkedCommit,
  linkCommit,
  listIssuesOfCommit,
  unlinkCommit,
} from './link-commit.ts';
export { type CommitReference, type LinkOutcome, linkCommits } from './link-commits.ts';
export { type IssuesRequest, listIssues } from './list-issues.ts';
export { listResolvedIssues } from './list-resolved-issues.ts';
export { markRegressed } from './mark-regressed.ts';
export { type FixedIssue, resolveIssuesInRelease } from './resolve-issues-in-release.ts';
export { canonicalShortId } from './short-id.ts';
export { type IssueRequest, showActivities, showHistory, showIssue } from './show-issue.ts';
export { type IssuesUpdate, type IssueWish, type UpdatedIssues, updateIssues } from './update-issues.ts';
export { type IssueSelection, updateReachedIssue, updateReachedIssues } from './update-reached-issues.ts';
