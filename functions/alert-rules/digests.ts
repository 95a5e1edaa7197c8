import {
  type ActionsApp,
  createDigest,
  listDigests,
  type RequestDigestApp,
  removeDigest,
  requestDigest,
  serializeDigest,
  showDigest,
  updateDigest,
} from '../../lib/alerts/index.ts';
import type { App } from '../../lib/platform/app.ts';
import * as endpoints from '../api-endpoints/digests.ts';
import { type ApiApp, serve } from '../middleware/api-door.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';

/** What serving digests needs of the outside world. */
export type DigestsApp = ApiApp & ActionsApp & RequestDigestApp & Pick<App, 'ids'>;

/** Creates, lists, shows, changes and deletes digests, and has them sent. */
export const servedDigests = [
  serve(endpoints.listDigests, async (app: DigestsApp, { caller, query, request }) =>
    pagedAnswer(app.publicUrl, request, await listDigests(app, { caller, page: pageOf(query) })),
  ),
  serve(
    endpoints.createDigest,
    async (app: DigestsApp, { caller, body }) => ({
      status: 201,
      body: serializeDigest(await createDigest(app, { caller, body })),
    }),
    { notesUse: true },
  ),
  serve(endpoints.getDigest, async (app: DigestsApp, { caller, path: { digest: digestId } }) => ({
    status: 200,
    body: await showDigest(app, { caller, digestId }),
  })),
  serve(
    endpoints.updateDigest,
    async (app: DigestsApp, { caller, path: { digest: digestId }, body: changes }) => ({
      status: 200,
      body: serializeDigest(await updateDigest(app, { caller, digestId, changes })),
    }),
    { notesUse: true },
  ),
  serve(
    endpoints.deleteDigest,
    async (app: DigestsApp, { caller, path: { digest: digestId } }) => {
      await removeDigest(app, { caller, digestId });
      return { status: 204 };
    },
    { notesUse: true },
  ),
  serve(
    endpoints.sendDigest,
    async (app: DigestsApp, { caller, path: { digest: digestId } }) => ({
      status: 202,
      body: await requestDigest(app, { caller, digestId }),
    }),
    { notesUse: true },
  ),
];
