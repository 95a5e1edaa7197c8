import type { App } from '../platform/app.ts';
import { type Page, type PageRequest, type PageSource, readPage, requirePosition } from '../platform/pagination.ts';
import { issueSource } from './issue-list-store.ts';
import type { Issue } from './issue-store.ts';
import { matchesQuery } from './matches-query.ts';
import { parseIssueQuery } from './parse-issue-query.ts';

/** Which issues. */
export interface IssuesRequest {
  readonly organization: string;
  /** IDs of the projects whose issues are meant; all of them by default. */
  readonly projectIds?: readonly string[] | undefined;
  readonly query?: string | undefined;
}

/** A time and an ID, as they stand in the order of the list. */
const position = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#\d{1,20}$/;

/**
 * A page of issues of an organization or of projects that fit a query, seen last first; the inbox in the order in which
 * they came into it, newest first. A cursor names a place in that order and stays good while others come and go.
 * @throws InvalidFieldsError about the query, BadRequestError about the cursor
 */
export async function listIssues(
  app: Pick<App, 'table'>,
  { page = { limit: 100 }, ...request }: IssuesRequest & { readonly page?: PageRequest },
): Promise<Page<Issue>> {
  const source = issuesThatFit(app, request);
  requirePosition(page.start?.position, position);
  return readPage(page, source);
}

/** All issues of the kind that `listIssues` gives, as a source; those that do not fit are passed over. @throws InvalidFieldsError */
export function issuesThatFit(
  app: Pick<App, 'table'>,
  { organization, projectIds, query: text = '' }: IssuesRequest,
): PageSource<Issue> {
  const query = parseIssueQuery(text);
  const meant = projectIds && new Set(projectIds);
  if (meant?.size === 0) return () => [];
  const [projectId] = meant?.size === 1 ? meant : [];
  const source = issueSource(app.table, { organization, projectId, inbox: query.forReview });
  return async function* (start) {
    for await (const { position: place, item } of source(start)) {
      const fits =
        item?.organization === organization && (meant?.has(item.projectId) ?? true) && matchesQuery(item, query);
      yield { position: place, ...(fits && { item }) };
    }
  };
}
