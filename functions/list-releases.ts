import { listProjectReleases, listReleases } from '../lib/releases/index.ts';
import * as endpoints from './api-endpoints/release-lists.ts';
import { apiDoor, serve } from './middleware/api-door.ts';
import { type ListApp, listParts, listSettings } from './middleware/list-parts.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = listSettings;

/** The organization's list and that of one project. */
export const served = [
  serve(endpoints.listReleases, async (app: ListApp, { caller, query, request }) => {
    const { query: text = '', sort = '', status = 'open', project: projects, environment: environments } = query;
    const { flatten, start, end, statsPeriod } = query;
    const page = await listReleases(app, {
      caller,
      page: pageOf(query),
      query: text,
      sort: sort === '' ? 'date' : sort,
      flatten,
      status,
      projects,
      environments,
      start,
      end,
      statsPeriod,
    });
    return pagedAnswer(app.publicUrl, request, page);
  }),
  serve(endpoints.listProjectReleases, async (app: ListApp, { caller, path: { project }, query, request }) => {
    const { query: text = '', environment: environments } = query;
    const page = await listProjectReleases(app, { caller, project, page: pageOf(query), query: text, environments });
    return pagedAnswer(app.publicUrl, request, page);
  }),
];

export const handler = apiDoor('list-releases', served, appSource(settings, listParts));
