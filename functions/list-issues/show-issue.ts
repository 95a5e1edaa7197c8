import { showActivities, showHistory, showIssue } from '../../lib/issues/index.ts';
import type { Caller } from '../../lib/organizations/index.ts';
import * as endpoints from '../api-endpoints/issues.ts';
import { serve } from '../middleware/api-door.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import type { HttpRequest } from '../middleware/http-request.ts';
import { issueViewer } from '../middleware/issue-viewer.ts';
import type { ListApp } from '../middleware/list-parts.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';

interface IssueInput {
  readonly caller: Caller;
  readonly path: { readonly issue: string };
}

async function show(app: ListApp, { caller, path: { issue } }: IssueInput): Promise<HttpAnswer> {
  const viewer = issueViewer(app, caller);
  return { status: 200, body: await showIssue(app, { organization: caller.organization, issue, viewer }) };
}

interface RecordsInput extends IssueInput {
  readonly query: Parameters<typeof pageOf>[0];
  readonly request: HttpRequest;
}

/** Lists what `records` gives of an issue. */
function listOf(records: typeof showActivities | typeof showHistory) {
  return async (app: ListApp, { caller, path: { issue }, query, request }: RecordsInput): Promise<HttpAnswer> => {
    const viewer = issueViewer(app, caller);
    const which = { organization: caller.organization, issue, page: pageOf(query), viewer };
    return pagedAnswer(app.publicUrl, request, await records(app, which));
  };
}

/** All about one issue, at the addresses with its organization and without. */
export const servedDetails = [
  serve(endpoints.getOrganizationIssue, show),
  serve(endpoints.getIssue, show),
  serve(endpoints.listOrganizationIssueActivities, listOf(showActivities)),
  serve(endpoints.listIssueActivities, listOf(showActivities)),
  serve(endpoints.listOrganizationIssueHistory, listOf(showHistory)),
  serve(endpoints.listIssueHistory, listOf(showHistory)),
];
