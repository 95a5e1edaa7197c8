import { browseEvents, browseIssues } from '../../lib/issues/index.ts';
import type { Caller } from '../../lib/organizations/index.ts';
import * as endpoints from '../api-endpoints/issues.ts';
import { serve } from '../middleware/api-door.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { issueViewer } from '../middleware/issue-viewer.ts';
import type { ListApp } from '../middleware/list-parts.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';

interface ListInput {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string };
  readonly query: Parameters<typeof pageOf>[0] & {
    readonly query?: string | undefined;
    readonly project?: readonly string[];
  };
  readonly request: HttpRequest;
}

async function list(app: ListApp, { caller, path, query, request }: ListInput): Promise<HttpAnswer> {
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

async function listEvents(app: ListApp, { caller, path, query, request }: ListInput): Promise<HttpAnswer> {
  const viewer = issueViewer(app, caller);
  const choice = { organization: path.org, project: path.project, page: pageOf(query), viewer };
  return pagedAnswer(app.publicUrl, request, await browseEvents(app, choice));
}

/** The lists of issues. */
export const servedLists = [
  serve(endpoints.listOrganizationIssues, list),
  serve(endpoints.listProjectIssues, list),
  serve(endpoints.listProjectEvents, listEvents),
];
