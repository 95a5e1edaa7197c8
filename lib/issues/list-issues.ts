import type { App } from '../platform/app.ts';
import { BadRequestError } from '../platform/errors.ts';
import { type Issue, readIssueList } from './issue-store.ts';
import { matchesQuery } from './matches-query.ts';
import { messages } from './messages.ts';
import { parseIssueQuery } from './parse-issue-query.ts';

/** Which issues, and which page of them. */
export interface IssuesRequest {
  readonly organization: string;
  /** ID of one project; all of them by default. */
  readonly projectId?: string | undefined;
  readonly query?: string | undefined;
  /** Issues on a page; 100 by default. */
  readonly limit?: number | undefined;
  /** Where the page before this one ended. */
  readonly cursor?: string | undefined;
}

/** A page of issues, and how to ask for the next one, if there is one. */
export interface IssuePage {
  readonly issues: Issue[];
  readonly next?: string;
}

/** A time and an ID, as they stand in the order of the list. */
const position = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#\d{1,20}$/;

/**
 * A page of issues of an organization or a project that fit a query, seen last first; the inbox in the order in which
 * they came into it, newest first. A cursor names a place in that order and stays good while others come and go.
 * @throws InvalidFieldsError about the query, BadRequestError about the cursor
 */
export async function listIssues(
  app: Pick<App, 'table'>,
  { organization, projectId, query: text = '', limit = 100, cursor }: IssuesRequest,
): Promise<IssuePage> {
  const query = parseIssueQuery(text);
  const list = { organization, projectId, inbox: query.forReview };
  const issues: Issue[] = [];
  let last: string | undefined;
  for await (const listed of readIssueList(app.table, list, cursor === undefined ? undefined : placeOf(cursor))) {
    if (listed.issue.organization !== organization || !matchesQuery(listed.issue, query)) continue;
    if (issues.length === limit && last !== undefined) {
      return { issues, next: Buffer.from(last).toString('base64url') };
    }
    issues.push(listed.issue);
    last = listed.position;
  }
  return { issues };
}

function placeOf(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (!position.test(place)) throw new BadRequestError(messages.cursorInvalid);
  return place;
}
