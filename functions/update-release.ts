import * as z from 'zod';
import type { Caller } from '../lib/organizations/index.ts';
import { sqsQueue } from '../lib/platform/queue.ts';
import { randomText } from '../lib/platform/random-text.ts';
import {
  type ContentsApp,
  configuredProviders,
  type FetchMessage,
  type ReleaseUpdateBody,
  updateRelease,
} from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/releases.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import { idParts, idSettings } from './middleware/id-parts.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = idSettings.extend({ FETCHES_QUEUE_URL: z.url() });

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
  appSource(settings, async (config, { clock }) => {
    const { parts, secrets } = await idParts(config, clock);
    return {
      ...parts,
      randomText,
      providers: configuredProviders(secrets),
      fetches: sqsQueue<FetchMessage>(config.FETCHES_QUEUE_URL),
    };
  }),
);
