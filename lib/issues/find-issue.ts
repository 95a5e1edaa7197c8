import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { type IssueActivity, type IssueHistoryEntry, readActivities, readHistory } from './issue-record-store.ts';
import { type Issue, readIssueIds, readIssues } from './issue-store.ts';
import { messages } from './messages.ts';
import { canonicalShortId } from './short-id.ts';

/** The issue with this ID or short ID. @throws NotFoundError */
export async function findIssue(
  app: Pick<App, 'table'>,
  { organization, issue: named }: { readonly organization: string; readonly issue: string },
): Promise<Issue> {
  const id = /^\d{1,20}$/.test(named) ? named : (await findIssueIds(app, organization, [named])).get(named);
  const [issue] = id === undefined ? [] : await readIssues(app.table, [id]);
  if (issue?.organization !== organization) throw new NotFoundError(messages.issueUnknown(named));
  return issue;
}

/** IDs of issues by short ID as it was asked for; what is no short ID of an issue of the organization is missing. */
export async function findIssueIds(
  app: Pick<App, 'table'>,
  organization: string,
  shortIds: readonly string[],
): Promise<Map<string, string>> {
  const canonical = shortIds.flatMap((asked) => {
    const text = canonicalShortId(asked);
    return text === undefined ? [] : [[asked, text] as const];
  });
  const ids = await readIssueIds(
    app.table,
    organization,
    canonical.map(([, text]) => text),
  );
  return new Map(
    canonical.flatMap(([asked, text]) => {
      const id = ids.get(text);
      return id === undefined ? [] : [[asked, id] as const];
    }),
  );
}

/** What was done about an issue, newest first. @throws NotFoundError */
export async function listActivities(
  app: Pick<App, 'table'>,
  input: { readonly organization: string; readonly issue: string },
): Promise<IssueActivity[]> {
  return readActivities(app.table, (await findIssue(app, input)).id);
}

/** The states that an issue went through, newest first. @throws NotFoundError */
export async function listHistory(
  app: Pick<App, 'table'>,
  input: { readonly organization: string; readonly issue: string },
): Promise<IssueHistoryEntry[]> {
  return readHistory(app.table, (await findIssue(app, input)).id);
}
