import * as z from 'zod';
import { memberJson, organizationJson, type Scope, teamJson } from '../../lib/organizations/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';

const organization = '/api/0/organizations/{org}';
const inOrganization = z.object({ org: z.string() });
const readers: readonly Scope[] = ['org:read', 'org:write', 'org:admin', 'org:ci'];
const tag = 'Organizations';

export const listOrganizations = endpoint({
  method: 'GET',
  path: '/api/0/organizations',
  id: 'listOrganizations',
  tag,
  summary: 'List the organizations of the caller: that of the token',
  scopes: readers,
  parameters: z.object({}),
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: { 200: { description: 'One organization.', schema: z.array(organizationJson) } },
  paged: true,
});

export const getOrganization = endpoint({
  method: 'GET',
  path: organization,
  id: 'getOrganization',
  tag,
  summary: 'Show an organization',
  scopes: readers,
  parameters: inOrganization,
  query: z.object({}),
  body: noBodySchema,
  answers: { 200: { description: 'The organization.', schema: organizationJson } },
});

export const listTeams = endpoint({
  method: 'GET',
  path: `${organization}/teams`,
  id: 'listTeams',
  tag,
  summary: 'List the teams of an organization, by slug',
  scopes: [...readers, 'team:read', 'team:write', 'team:admin'],
  parameters: inOrganization,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: { 200: { description: 'A page of teams.', schema: z.array(teamJson) } },
  paged: true,
});

export const listMembers = endpoint({
  method: 'GET',
  path: `${organization}/members`,
  id: 'listMembers',
  tag,
  summary: 'List the members of an organization',
  scopes: ['member:read', 'member:write', 'member:admin', 'org:read', 'org:write', 'org:admin'],
  parameters: inOrganization,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: { 200: { description: 'A page of members.', schema: z.array(memberJson) } },
  paged: true,
});
