import * as z from 'zod';
import { newOrgAuthTokenJson, orgAuthTokenBody, orgAuthTokenJson, type Scope } from '../../lib/organizations/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';

const tokens = '/api/0/organizations/{org}/org-auth-tokens';
const inOrganization = z.object({ org: z.string() });
const writers: readonly Scope[] = ['org:write', 'org:admin'];
const tag = 'Organizations';

export const listOrgAuthTokens = endpoint({
  method: 'GET',
  path: tokens,
  id: 'listOrgAuthTokens',
  tag,
  summary: 'List the tokens of an organization, oldest first, without their texts',
  scopes: ['org:read', ...writers],
  parameters: inOrganization,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: { 200: { description: 'A page of tokens.', schema: z.array(orgAuthTokenJson) } },
  paged: true,
});

export const createOrgAuthToken = endpoint({
  method: 'POST',
  path: tokens,
  id: 'createOrgAuthToken',
  tag,
  summary: 'Make a token of the organization, with no more scopes than the caller has',
  scopes: writers,
  parameters: inOrganization,
  query: z.object({}),
  body: orgAuthTokenBody,
  answers: { 201: { description: 'Made. Its text is shown this once.', schema: newOrgAuthTokenJson } },
});

export const revokeOrgAuthToken = endpoint({
  method: 'DELETE',
  path: `${tokens}/{tokenId}`,
  id: 'revokeOrgAuthToken',
  tag,
  summary: 'Make a token of the organization worthless, everywhere within a minute',
  scopes: writers,
  parameters: z.object({ org: z.string(), tokenId: z.string() }),
  query: z.object({}),
  body: noBodySchema,
  answers: { 204: { description: 'Revoked.' } },
});
