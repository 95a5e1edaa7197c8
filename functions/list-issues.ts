import * as z from 'zod';
import { browseEvents, browseIssues, showActivities, showHistory, showIssue } from '../lib/issues/index.ts';
import { type Caller, tokenCache } from '../lib/organizations/index.ts';
import { openTable } from '../lib/platform/table.ts';
import * as endpoints from './api-endpoints/issues.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { issueViewer } from './middleware/issue-viewer.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), PUBLIC_URL: z.url() });

type ListIssuesApp = ApiApp & { readonly publicUrl: string };

interface ListInput {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string };
  readonly query: Parameters<typeof pageOf>[0] & {
    readonly query?: string | undefined;
    readonly project?: readonly string[];
  };
  readonly request: HttpRequest;
}

async function list(app: ListIssuesApp, { caller, path, query, request }: ListInput): Promise<HttpAnswer> {
  const page = await browseIssues(app, {
    organization: path.org,
    project: path.project,
    projects: query.project,
    query: query.query,
    page: pageOf(query),
    viewer: issueViewer(app, caller),
  });
  return pagedAnswer(app.publicUrl, request, page);
}

async function listEvents(app: ListIssuesApp, { caller, path, query, request }: ListInput): Promise<HttpAnswer> {
  const viewer = issueViewer(app, caller);
  const choice = { organization: path.org, project: path.project, page: pageOf(query), viewer };
  return pagedAnswer(app.publicUrl, request, await browseEvents(app, choice));
}

interface IssueInput {
  readonly caller: Caller;
  readonly path: { readonly issue: string };
}

async function show(app: ListIssuesApp, { caller, path: { issue } }: IssueInput): Promise<HttpAnswer> {
  const viewer = issueViewer(app, caller);
  return { status: 200, body: await showIssue(app, { organization: caller.organization, issue, viewer }) };
}

/** Lists what `records` gives of an issue. */
function listOf(records: typeof showActivities | typeof showHistory) {
  return async (
    app: ListIssuesApp,
    { caller, path: { issue }, query, request }: IssueInput & Pick<ListInput, 'query' | 'request'>,
  ): Promise<HttpAnswer> => {
    const viewer = issueViewer(app, caller);
    const which = { organization: caller.organization, issue, page: pageOf(query), viewer };
    return pagedAnswer(app.publicUrl, request, await records(app, which));
  };
}

/** Issues as they are read: the lists, and all about one of them. */
export const served = [
  serve(endpoints.listOrganizationIssues, list),
  serve(endpoints.listProjectIssues, list),
  serve(endpoints.listProjectEvents, listEvents),
  serve(endpoints.getOrganizationIssue, show),
  serve(endpoints.getIssue, show),
  serve(endpoints.listOrganizationIssueActivities, listOf(showActivities)),
  serve(endpoints.listIssueActivities, listOf(showActivities)),
  serve(endpoints.listOrganizationIssueHistory, listOf(showHistory)),
  serve(endpoints.listIssueHistory, listOf(showHistory)),
];

export const handler = apiDoor(
  'list-issues',
  served,
  appSource(settings, (config, { clock }) => ({
    table: openTable(config.TABLE_NAME),
    tokens: tokenCache(clock),
    publicUrl: config.PUBLIC_URL,
  })),
);
