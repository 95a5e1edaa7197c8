import type { Caller } from '../lib/organizations/index.ts';
import { showPreviousRelease } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/previous-release.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { apiParts, apiSettings } from './middleware/api-parts.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = apiSettings;

interface Input {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly project?: string; readonly version: string };
}

async function handle(app: ApiApp, { caller, path: { org, project, version } }: Input): Promise<HttpAnswer> {
  return { status: 200, body: (await showPreviousRelease(app, { caller, organization: org, project, version })) ?? {} };
}

/** In both forms the release has to be within the caller's reach. */
export const served = [serve(endpoints.getPreviousRelease, handle), serve(endpoints.getPreviousProjectRelease, handle)];

export const handler = apiDoor('previous-release', served, appSource(settings, apiParts));
