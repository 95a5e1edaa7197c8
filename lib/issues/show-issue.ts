import type * as z from 'zod';
import type { App } from '../platform/app.ts';
import { type Page, type PageRequest, readPage, sourceOf } from '../platform/pagination.ts';
import type { IssueJson, issueActivityJson, issueHistoryJson } from './issue-json.ts';
import { readActivities, readHistory } from './issue-record-store.ts';
import type { IssueViewer } from './issue-viewer.ts';
import { activityNameOf } from './issue-words.ts';
import { reachedIssue } from './reached-projects.ts';
import { readPeople, serializeIssues } from './serialize-issue.ts';

/** Which issue, by ID or short ID, and who wants to see it. */
export interface IssueRequest {
  readonly organization: string;
  readonly issue: string;
  readonly viewer: IssueViewer;
}

/** One issue as people see it. @throws NotFoundError also when it is not within reach */
export async function showIssue(app: Pick<App, 'table'>, request: IssueRequest): Promise<IssueJson> {
  const { issue, project } = await reachedIssue(app, request);
  const [shown] = await serializeIssues(app, [issue], new Map([[project.id, project]]), request.viewer);
  if (shown === undefined) throw new TypeError('An issue with its project was not shown.');
  return shown;
}

/** What was done about an issue, newest first. @throws NotFoundError, BadRequestError about the cursor */
export function showActivities(
  app: Pick<App, 'table'>,
  request: IssueRequest & { readonly page: PageRequest },
): Promise<Page<z.infer<typeof issueActivityJson>>> {
  return showRecords(app, request, readActivities, ({ revision, type, data = {}, at }, user) => ({
    id: `${revision}-${type}`,
    type: activityNameOf[type],
    typeId: type,
    user,
    data,
    dateCreated: at,
  }));
}

/** The states that an issue went through, newest first. @throws NotFoundError, BadRequestError about the cursor */
export function showHistory(
  app: Pick<App, 'table'>,
  request: IssueRequest & { readonly page: PageRequest },
): Promise<Page<z.infer<typeof issueHistoryJson>>> {
  return showRecords(app, request, readHistory, ({ revision, status, release, at }, user) => ({
    id: `${revision}-${status}`,
    status,
    user,
    release: release === undefined ? null : { version: release },
    dateCreated: at,
  }));
}

interface Recorded {
  readonly revision: number;
  readonly actor?: string | undefined;
}

type ShownUser = z.infer<typeof issueActivityJson>['user'];

async function showRecords<One extends Recorded, Shown extends { readonly id: string }>(
  app: Pick<App, 'table'>,
  request: IssueRequest & { readonly page: PageRequest },
  read: (table: App['table'], issueId: string) => Promise<One[]>,
  show: (record: One, user: ShownUser) => Shown,
): Promise<Page<Shown>> {
  const { issue } = await reachedIssue(app, request);
  const records = await read(app.table, issue.id);
  const entries = records.map((item) => ({ item, position: show(item, null).id }));
  const places = new Map(entries.map(({ position }, index) => [position, index]));
  const placeOf = (position: string): number => places.get(position) ?? entries.length;
  const { items, ...cursors } = await readPage(
    request.page,
    sourceOf(entries, (one, other) => placeOf(one) - placeOf(other)),
  );
  const people = await readPeople(
    app,
    request.viewer,
    items.map(({ actor }) => actor),
  );
  return { ...cursors, items: items.map((item) => show(item, people.get(item.actor ?? '') ?? null)) };
}
