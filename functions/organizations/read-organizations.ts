import {
  pageOfMembers,
  pageOfTeams,
  requireMembership,
  requireOrganization,
  serializeMember,
  serializeOrganization,
  serializeTeam,
} from '../../lib/organizations/index.ts';
import { readPage, sourceOf } from '../../lib/platform/pagination.ts';
import * as endpoints from '../api-endpoints/organizations.ts';
import { serve } from '../middleware/api-door.ts';
import type { ListApp } from '../middleware/list-parts.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';

/** Lists and shows organizations, and who belongs to them. */
export const servedOrganizations = [
  serve(endpoints.listOrganizations, async (app: ListApp, { caller, query, request }) => {
    const [organization] = await Promise.all([
      requireOrganization(app, caller.organization),
      requireMembership(app, caller),
    ]);
    const one = { position: organization.slug, item: serializeOrganization(organization) };
    return pagedAnswer(app.publicUrl, request, await readPage(pageOf(query), sourceOf([one])));
  }),

  serve(endpoints.getOrganization, async (app: ListApp, { caller, path: { org } }) => {
    const [organization] = await Promise.all([requireOrganization(app, org), requireMembership(app, caller)]);
    return { status: 200, body: serializeOrganization(organization) };
  }),

  serve(endpoints.listTeams, async (app: ListApp, { caller, path: { org }, query, request }) => {
    const [page] = await Promise.all([
      pageOfTeams(app, { organization: org, page: pageOf(query) }),
      requireMembership(app, caller),
    ]);
    const items = page.items.map((team) => serializeTeam(team, caller));
    return pagedAnswer(app.publicUrl, request, { ...page, items });
  }),

  serve(endpoints.listMembers, async (app: ListApp, { caller, path: { org }, query, request }) => {
    const [page] = await Promise.all([
      pageOfMembers(app, { organization: org, page: pageOf(query) }),
      requireMembership(app, caller),
    ]);
    return pagedAnswer(app.publicUrl, request, { ...page, items: page.items.map(serializeMember) });
  }),
];
