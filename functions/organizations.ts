import * as z from 'zod';
import {
  pageOfMembers,
  pageOfTeams,
  requireMembership,
  requireOrganization,
  requireTeam,
  serializeMember,
  serializeOrganization,
  serializeTeam,
  tokenCache,
} from '../lib/organizations/index.ts';
import { readPage, sourceOf } from '../lib/platform/pagination.ts';
import { openTable } from '../lib/platform/table.ts';
import { pageOfProjects } from '../lib/projects/index.ts';
import * as organizations from './api-endpoints/organizations.ts';
import * as projects from './api-endpoints/projects.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { projectInReach, reachOf } from './middleware/reach.ts';
import { showProject, showProjects } from './middleware/show-projects.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({ TABLE_NAME: z.string(), PUBLIC_URL: z.url() });

type OrganizationsApp = ApiApp & { readonly publicUrl: string };

/** Everything that reads organizations, who belongs to them, and their projects. */
export const served = [
  serve(organizations.listOrganizations, async (app: OrganizationsApp, { caller, query, request }) => {
    const [organization] = await Promise.all([
      requireOrganization(app, caller.organization),
      requireMembership(app, caller),
    ]);
    const one = { position: organization.slug, item: serializeOrganization(organization) };
    return pagedAnswer(app.publicUrl, request, await readPage(pageOf(query), sourceOf([one])));
  }),

  serve(organizations.getOrganization, async (app: OrganizationsApp, { caller, path: { org } }) => {
    const [organization] = await Promise.all([requireOrganization(app, org), requireMembership(app, caller)]);
    return { status: 200, body: serializeOrganization(organization) };
  }),

  serve(organizations.listTeams, async (app: OrganizationsApp, { caller, path: { org }, query, request }) => {
    const [page] = await Promise.all([
      pageOfTeams(app, { organization: org, page: pageOf(query) }),
      requireMembership(app, caller),
    ]);
    const items = page.items.map((team) => serializeTeam(team, caller));
    return pagedAnswer(app.publicUrl, request, { ...page, items });
  }),

  serve(organizations.listMembers, async (app: OrganizationsApp, { caller, path: { org }, query, request }) => {
    const [page] = await Promise.all([
      pageOfMembers(app, { organization: org, page: pageOf(query) }),
      requireMembership(app, caller),
    ]);
    return pagedAnswer(app.publicUrl, request, { ...page, items: page.items.map(serializeMember) });
  }),

  serve(projects.listProjects, async (app: OrganizationsApp, { caller, path: { org }, query, request }) => {
    const reaches = await reachOf(app, caller);
    const page = await pageOfProjects(app, { organization: org, page: pageOf(query), reaches });
    return pagedAnswer(app.publicUrl, request, { ...page, items: await showProjects(app, caller, page.items) });
  }),

  serve(projects.listTeamProjects, async (app: OrganizationsApp, { caller, path: { org, team }, query, request }) => {
    const [reaches] = await Promise.all([reachOf(app, caller), requireTeam(app, org, team)]);
    const page = await pageOfProjects(app, { organization: org, team, page: pageOf(query), reaches });
    return pagedAnswer(app.publicUrl, request, { ...page, items: await showProjects(app, caller, page.items) });
  }),

  serve(projects.getProject, async (app: OrganizationsApp, { caller, path }) => {
    const project = await projectInReach(app, caller, path);
    return { status: 200, body: await showProject(app, caller, project) };
  }),
];

export const handler = apiDoor(
  'organizations',
  served,
  appSource(settings, (config, { clock }) => ({
    table: openTable(config.TABLE_NAME),
    tokens: tokenCache(clock),
    publicUrl: config.PUBLIC_URL,
  })),
);
