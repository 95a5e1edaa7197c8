import { requireTeam } from '../../lib/organizations/index.ts';
import { pageOfProjects } from '../../lib/projects/index.ts';
import * as endpoints from '../api-endpoints/projects.ts';
import { serve } from '../middleware/api-door.ts';
import type { ListApp } from '../middleware/list-parts.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';
import { projectInReach, reachOf } from '../middleware/reach.ts';
import { showProject, showProjects } from '../middleware/show-projects.ts';

/** Lists and shows the projects of an organization, and those of a team. */
export const servedProjects = [
  serve(endpoints.listProjects, async (app: ListApp, { caller, path: { org }, query, request }) => {
    const reaches = await reachOf(app, caller);
    const page = await pageOfProjects(app, { organization: org, page: pageOf(query), reaches });
    return pagedAnswer(app.publicUrl, request, { ...page, items: await showProjects(app, caller, page.items) });
  }),

  serve(endpoints.listTeamProjects, async (app: ListApp, { caller, path: { org, team }, query, request }) => {
    const [reaches] = await Promise.all([reachOf(app, caller), requireTeam(app, org, team)]);
    const page = await pageOfProjects(app, { organization: org, team, page: pageOf(query), reaches });
    return pagedAnswer(app.publicUrl, request, { ...page, items: await showProjects(app, caller, page.items) });
  }),

  serve(endpoints.getProject, async (app: ListApp, { caller, path }) => {
    const project = await projectInReach(app, caller, path);
    return { status: 200, body: await showProject(app, caller, project) };
  }),
];
