import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import { repositoryBody, repositoryJson } from '../../lib/releases/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';
import { textParameter } from '../middleware/query-parameters.ts';

const path = '/api/0/organizations/{org}/repos';
const tag = 'Releases';
const readers: readonly Scope[] = [
  'project:read',
  'project:write',
  'project:admin',
  'project:releases',
  'org:read',
  'org:write',
  'org:admin',
  'org:ci',
];
const writers: readonly Scope[] = [
  'project:write',
  'project:admin',
  'project:releases',
  'org:write',
  'org:admin',
  'org:ci',
];

export const listRepositories = endpoint({
  method: 'GET',
  path,
  id: 'listRepositories',
  tag,
  summary: 'List the repositories of an organization by name',
  scopes: readers,
  parameters: z.object({ org: z.string() }),
  query: z.object({
    ...pageParameters,
    query: textParameter('Only those whose name contains this, in any case.'),
    status: textParameter('Only `active` ones, which all of them are.'),
  }),
  body: noBodySchema,
  answers: { 200: { description: 'A page of them.', schema: z.array(repositoryJson) } },
  paged: true,
});

export const createRepository = endpoint({
  method: 'POST',
  path,
  id: 'createRepository',
  tag,
  summary: 'Make a repository known, so that releases can name its commits',
  scopes: writers,
  parameters: z.object({ org: z.string() }),
  query: z.object({}),
  body: repositoryBody,
  answers: { 201: { description: 'Created.', schema: repositoryJson } },
});

export const deleteRepository = endpoint({
  method: 'DELETE',
  path: `${path}/{repo}`,
  id: 'deleteRepository',
  tag,
  summary: 'Delete a repository; commits that came from it stay',
  scopes: ['project:admin', 'project:releases', 'org:admin'],
  parameters: z.object({ org: z.string(), repo: z.string().meta({ description: 'ID.' }) }),
  query: z.object({}),
  body: noBodySchema,
  answers: { 204: { description: 'Deleted.' } },
});
