import * as z from 'zod';
import type { Caller } from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import {
  createDeploy,
  type DeployBody,
  type DeployNoticeJob,
  listDeploys,
  type TellDeployApp,
} from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/deploys.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { idParts, idSettings } from './middleware/id-parts.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = idSettings.extend({ PUBLIC_URL: z.url(), SLACK_JOBS_QUEUE_URL: z.url() });

type DeploysApp = ApiApp & Pick<App, 'ids'> & Pick<TellDeployApp, 'deployNotices'> & { readonly publicUrl: string };

interface Input {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly version: string; readonly project?: string };
  readonly request: HttpRequest;
}

async function list(
  app: DeploysApp,
  { caller, path: { org, version, project }, query, request }: Input & { readonly query: Parameters<typeof pageOf>[0] },
): Promise<HttpAnswer> {
  const page = pageOf(query);
  return pagedAnswer(
    app.publicUrl,
    request,
    await listDeploys(app, { caller, organization: org, version, project, page }),
  );
}

async function create(
  app: DeploysApp,
  { caller, path: { org, version, project }, body }: Input & { readonly body: DeployBody },
): Promise<HttpAnswer> {
  return { status: 201, body: await createDeploy(app, { caller, organization: org, version, project, body }) };
}

/** In the second form of each the address names the one project. */
export const served = [
  serve(endpoints.listDeploys, list),
  serve(endpoints.listProjectDeploys, list),
  serve(endpoints.createDeploy, create, { notesUse: true }),
  serve(endpoints.createProjectDeploy, create, { notesUse: true }),
];

export const handler = apiDoor(
  'deploys',
  served,
  appSource(settings, async (config, { clock }) => {
    const { parts } = await idParts(config, clock);
    const deployNotices = sqsQueue<DeployNoticeJob>(config.SLACK_JOBS_QUEUE_URL);
    return { ...parts, deployNotices, publicUrl: config.PUBLIC_URL };
  }),
);
