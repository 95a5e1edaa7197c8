import type { Issue } from './issue-store.ts';
import type { IssueQuery } from './parse-issue-query.ts';
import { canonicalShortId } from './short-id.ts';

/** Whether an issue is one of those that a query asks for. What waits for review is open and in the inbox. */
export function matchesQuery(issue: Issue, query: IssueQuery): boolean {
  return (
    query.statuses.every((status) => issue.status === status) &&
    query.levels.every((level) => issue.level === level) &&
    query.releases.every((release) => issue.firstRelease === release || issue.lastRelease === release) &&
    (!query.forReview || (issue.status === 'unresolved' && issue.inbox !== undefined)) &&
    query.texts.every((text) => hasText(issue, text))
  );
}

function hasText({ title, culprit = '', shortId }: Issue, text: string): boolean {
  const wanted = text.toLowerCase();
  return (
    title.toLowerCase().includes(wanted) || culprit.toLowerCase().includes(wanted) || canonicalShortId(text) === shortId
  );
}
