import * as z from 'zod';
import { requireMembership } from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import { addRepository, deleteRepository, pageRepositories } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/repositories.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { idParts, idSettings } from './middleware/id-parts.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = idSettings.extend({ PUBLIC_URL: z.url() });

type RepositoriesApp = ApiApp & Pick<App, 'ids'> & { readonly publicUrl: string };

/** Lists, makes and deletes the repositories of an organization. */
export const served = [
  serve(endpoints.listRepositories, async (app: RepositoriesApp, { caller, path: { org }, query, request }) => {
    await requireMembership(app, caller);
    const wish = { organization: org, query: query.query, status: query.status, page: pageOf(query) };
    return pagedAnswer(app.publicUrl, request, await pageRepositories(app, wish));
  }),
  serve(
    endpoints.createRepository,
    async (app: RepositoriesApp, { caller, path: { org }, body }) => {
      await requireMembership(app, caller);
      return { status: 201, body: await addRepository(app, org, body) };
    },
    { notesUse: true },
  ),
  serve(
    endpoints.deleteRepository,
    async (app: RepositoriesApp, { caller, path: { org, repo } }) => {
      await requireMembership(app, caller);
      await deleteRepository(app, { organization: org, id: repo });
      return { status: 204 };
    },
    { notesUse: true },
  ),
];

export const handler = apiDoor(
  'repositories',
  served,
  appSource(settings, async (config, { clock }) => {
    const { parts } = await idParts(config, clock);
    return { ...parts, publicUrl: config.PUBLIC_URL };
  }),
);
