import * as z from 'zod';
import type { Caller } from '../lib/organizations/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { type AfterRelease, type CreateReleaseApp, createRelease, type ReleaseBody } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/releases.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { contentsParts, contentsSettings } from './middleware/contents-parts.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import type { HttpRequest } from './middleware/http-request.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = contentsSettings.extend({ FOLLOW_UPS_QUEUE_URL: z.url() });

type App = ApiApp & CreateReleaseApp;

interface Input {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string };
  readonly body: ReleaseBody;
  readonly request: HttpRequest;
}

async function handle(app: App, { caller, path: { org, project }, body, request }: Input): Promise<HttpAnswer> {
  const userAgent = request.header('user-agent');
  const { isNew, release } = await createRelease(app, { caller, organization: org, project, body, userAgent });
  return { status: isNew ? 201 : 208, body: release };
}

/** In its second form the address names the one project, and then the body none. */
export const served = [serve(endpoints.createRelease, handle), serve(endpoints.createProjectRelease, handle)];

export const handler = apiDoor(
  'create-release',
  served,
  appSource(settings, async (config, { clock }) => ({
    ...(await contentsParts(config, clock)),
    followUps: sqsQueue<AfterRelease>(config.FOLLOW_UPS_QUEUE_URL),
  })),
);
