import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import { deployJson, organizationDeployBody, projectDeployBody } from '../../lib/releases/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';

const organization = '/api/0/organizations/{org}/releases/{version}/deploys';
const project = '/api/0/projects/{org}/{project}/releases/{version}/deploys';
const inOrganization = z.object({ org: z.string(), version: z.string() });
const inProject = z.object({
  org: z.string(),
  project: z.string().meta({ description: 'Slug or ID.' }),
  version: z.string(),
});
const readers: readonly Scope[] = ['project:read', 'project:write', 'project:admin', 'project:releases', 'org:ci'];
const writers: readonly Scope[] = ['project:write', 'project:admin', 'project:releases', 'org:ci'];
const tag = 'Releases';

const found = { 200: { description: 'A page of them.', schema: z.array(deployJson) } };
const created = { 201: { description: 'Recorded, now or by the same request before.', schema: deployJson } };

export const listDeploys = endpoint({
  method: 'GET',
  path: organization,
  id: 'listDeploys',
  tag,
  summary: 'List the last deploy of a release to each environment, newest first',
  scopes: readers,
  parameters: inOrganization,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: found,
  paged: true,
});

export const listProjectDeploys = endpoint({
  method: 'GET',
  path: project,
  id: 'listProjectDeploys',
  tag,
  summary: 'List the last deploy of a release to each environment for one project, newest first',
  scopes: readers,
  parameters: inProject,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: found,
  paged: true,
});

export const createDeploy = endpoint({
  method: 'POST',
  path: organization,
  id: 'createDeploy',
  tag,
  summary: 'Record that a release was deployed to an environment',
  scopes: writers,
  parameters: inOrganization,
  query: z.object({}),
  body: organizationDeployBody,
  answers: created,
});

export const createProjectDeploy = endpoint({
  method: 'POST',
  path: project,
  id: 'createProjectDeploy',
  tag,
  summary: 'Record that a release was deployed to an environment for one project',
  scopes: writers,
  parameters: inProject,
  query: z.object({}),
  body: projectDeployBody,
  answers: created,
});
