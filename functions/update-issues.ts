import { type IssueChangeBody, updateReachedIssue, updateReachedIssues } from '../lib/issues/index.ts';
import type { Caller } from '../lib/organizations/index.ts';
import * as endpoints from './api-endpoints/issues.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { apiParts, apiSettings } from './middleware/api-parts.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import { issueViewer } from './middleware/issue-viewer.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = apiSettings;

interface ManyInput {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string };
  readonly query: {
    readonly id: readonly string[];
    readonly status: readonly string[];
    readonly project?: readonly string[];
    readonly query?: string | undefined;
  };
  readonly body: IssueChangeBody;
}

async function updateMany(app: ApiApp, { caller, path, query, body }: ManyInput): Promise<HttpAnswer> {
  const changed = await updateReachedIssues(app, {
    organization: path.org,
    project: path.project,
    projects: query.project,
    ids: query.id,
    statuses: query.status,
    query: query.query,
    viewer: issueViewer(app, caller),
    body,
  });
  return { status: 200, body: changed };
}

interface OneInput {
  readonly caller: Caller;
  readonly path: { readonly issue: string };
  readonly body: IssueChangeBody;
}

async function updateOne(app: ApiApp, { caller, path: { issue }, body }: OneInput): Promise<HttpAnswer> {
  const viewer = issueViewer(app, caller);
  return {
    status: 200,
    body: await updateReachedIssue(app, { organization: caller.organization, issue, viewer, body }),
  };
}

/** Issues as they are changed: many at once, or one. */
export const served = [
  serve(endpoints.updateOrganizationIssues, updateMany, { notesUse: true }),
  serve(endpoints.updateProjectIssues, updateMany, { notesUse: true }),
  serve(endpoints.updateOrganizationIssue, updateOne, { notesUse: true }),
  serve(endpoints.updateIssue, updateOne, { notesUse: true }),
];

export const handler = apiDoor('update-issues', served, appSource(settings, apiParts));
