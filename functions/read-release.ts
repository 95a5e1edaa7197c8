import type * as z from 'zod';
import type { Caller } from '../lib/organizations/index.ts';
import type { Page } from '../lib/platform/pagination.ts';
import { type CommitListRequest, listCommitFiles, listReleaseCommits, readRelease } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/release-details.ts';
import { apiDoor, serve } from './middleware/api-door.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { type ListApp, listParts, listSettings } from './middleware/list-parts.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = listSettings;

interface Input<Query> {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string; readonly version: string };
  readonly query: Query;
  readonly request: HttpRequest;
}

async function detail(
  app: ListApp,
  { caller, path: { org, project, version }, query }: Input<{ readonly project?: string | undefined }>,
): Promise<HttpAnswer> {
  const among = query.project;
  return { status: 200, body: await readRelease(app, { caller, organization: org, project, version, among }) };
}

/** Pages of what the commits of a release tell, narrowed to a repository. */
function listed(list: (app: ListApp, request: CommitListRequest) => Promise<Page<unknown>>) {
  return async (
    app: ListApp,
    {
      caller,
      path: { org, project, version },
      query,
      request,
    }: Input<z.infer<typeof endpoints.listReleaseCommits.query>>,
  ): Promise<HttpAnswer> => {
    const page = await list(app, {
      caller,
      organization: org,
      project,
      version,
      page: pageOf(query),
      repositoryId: query.repo_id,
      repositoryName: query.repo_name,
    });
    return pagedAnswer(app.publicUrl, request, page);
  };
}

const commits = listed(listReleaseCommits);
const files = listed(listCommitFiles);

/** A release, its commits and their files, each in the form of the organization and of a project. */
export const served = [
  serve(endpoints.readRelease, detail),
  serve(endpoints.readProjectRelease, detail),
  serve(endpoints.listReleaseCommits, commits),
  serve(endpoints.listProjectReleaseCommits, commits),
  serve(endpoints.listCommitFiles, files),
  serve(endpoints.listProjectCommitFiles, files),
];

export const handler = apiDoor('read-release', served, appSource(settings, listParts));
