import type { Caller } from '../lib/organizations/index.ts';
import { deleteRelease } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/release-details.ts';
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
  await deleteRelease(app, { caller, organization: org, project, version });
  return { status: 204 };
}

/** The form of the organization and that of a project; both delete the whole release. */
export const served = [serve(endpoints.deleteRelease, handle), serve(endpoints.deleteProjectRelease, handle)];

export const handler = apiDoor('delete-release', served, appSource(settings, apiParts));
