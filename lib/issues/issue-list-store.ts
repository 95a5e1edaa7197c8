import type { PageSource, Placed } from '../platform/pagination.ts';
import type { Item, Table } from '../platform/table.ts';
import { inboxEntryOf } from './issue-entry-store.ts';
import { type Issue, issueOf, readIssues } from './issue-store.ts';

/** Which list of issues: of an organization or of one of its projects, all of them or the inbox. */
export interface IssueList {
  readonly organization: string;
  readonly projectId?: string | undefined;
  readonly inbox: boolean;
}

/** One more than a full page, so that whether there is another one is known without another request. */
const itemsPerRequest = 101;

/** The issues of a list, newest first; positions are the sort keys of the index: a time and an ID. */
export function issueSource(table: Table, { organization, projectId, inbox }: IssueList): PageSource<Issue> {
  const index = projectId === undefined ? 'gsi2' : 'gsi1';
  const owner = projectId === undefined ? `ORG#${organization}` : `PROJECT#${projectId}`;
  const partition = `${owner}#${inbox ? 'INBOX' : 'ISSUES'}`;
  return async function* ({ after, backwards }) {
    let from: Readonly<Record<string, unknown>> | undefined;
    do {
      const { items, next } = await table.query({
        index,
        partition,
        descending: !backwards,
        limit: itemsPerRequest,
        ...(after !== undefined && { after }),
        ...(from !== undefined && { from }),
      });
      yield* inbox ? await issuesOfEntries(table, items) : items.map(issueOf).map(placed);
      from = next;
    } while (from !== undefined);
  };
}

function placed(issue: Issue): Placed<Issue> {
  return { item: issue, position: `${issue.lastSeen}#${issue.id}` };
}

async function issuesOfEntries(table: Table, items: readonly Item[]): Promise<Placed<Issue>[]> {
  const entries = items.map(inboxEntryOf);
  const found = await readIssues(
    table,
    entries.map(({ issueId }) => issueId),
  );
  const byId = new Map(found.map((issue) => [issue.id, issue]));
  return entries.map(({ issueId, addedAt }) => {
    const issue = byId.get(issueId);
    return { position: `${addedAt}#${issueId}`, ...(issue && { item: issue }) };
  });
}
