import type { Caller } from '../lib/organizations/index.ts';
import { type ContentsApp, type ReleaseUpdateBody, updateRelease } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/releases.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { contentsParts, contentsSettings } from './middleware/contents-parts.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = contentsSettings;

type UpdateReleaseApp = ApiApp & ContentsApp;

interface Input {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string; readonly version: string };
  readonly body: ReleaseUpdateBody;
}

async function handle(
  app: UpdateReleaseApp,
  { caller, path: { org, project, version }, body }: Input,
): Promise<HttpAnswer> {
  return { status: 200, body: await updateRelease(app, { caller, organization: org, project, version, body }) };
}

/** In both forms the release has to be within the caller's reach. */
export const served = [
  serve(endpoints.updateRelease, handle, { notesUse: true }),
  serve(endpoints.updateProjectRelease, handle, { notesUse: true }),
];

export const handler = apiDoor(
  'update-release',
  served,
  appSource(settings, (config, { clock }) => contentsParts(config, clock)),
);
