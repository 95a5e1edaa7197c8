import * as z from 'zod';
import {
  createOrgAuthToken,
  pageOfOrgAuthTokens,
  requireMembership,
  requireWholeReach,
  revokeToken,
  serializeOrgAuthToken,
} from '../lib/organizations/index.ts';
import type { App } from '../lib/platform/app.ts';
import * as endpoints from './api-endpoints/org-auth-tokens.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { idParts, idSettings } from './middleware/id-parts.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = idSettings.extend({ PUBLIC_URL: z.url() });

type OrgAuthTokensApp = ApiApp & Pick<App, 'ids'> & { readonly publicUrl: string };

/** The tokens of an organization; those of people are none of these. */
export const served = [
  serve(endpoints.listOrgAuthTokens, async (app: OrgAuthTokensApp, { caller, path: { org }, query, request }) => {
    const [page] = await Promise.all([
      pageOfOrgAuthTokens(app, { organization: org, page: pageOf(query) }),
      requireMembership(app, caller),
    ]);
    return pagedAnswer(app.publicUrl, request, { ...page, items: page.items.map(serializeOrgAuthToken) });
  }),

  serve(
    endpoints.createOrgAuthToken,
    async (app: OrgAuthTokensApp, { caller, body }) => {
      await requireWholeReach(app, caller);
      const { token, ...description } = await createOrgAuthToken(app, { caller, body });
      return { status: 201, body: { ...serializeOrgAuthToken(description), token } };
    },
    { notesUse: true },
  ),

  serve(
    endpoints.revokeOrgAuthToken,
    async (app: OrgAuthTokensApp, { caller, path: { org, tokenId } }) => {
      await requireWholeReach(app, caller);
      await revokeToken(app, { organization: org, id: tokenId, kind: 'organization' });
      return { status: 204 };
    },
    { notesUse: true },
  ),
];

export const handler = apiDoor(
  'org-auth-tokens',
  served,
  appSource(settings, async (config, { clock }) => {
    const { parts } = await idParts(config, clock);
    return { ...parts, publicUrl: config.PUBLIC_URL };
  }),
);
