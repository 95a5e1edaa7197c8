import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import { organizationReleaseBody, projectReleaseBody, releaseJson } from '../../lib/releases/index.ts';
import { endpoint } from '../middleware/endpoint.ts';

const organization = '/api/0/organizations/{org}/releases';
const project = '/api/0/projects/{org}/{project}/releases';
const inOrganization = z.object({ org: z.string() });
const inProject = z.object({ org: z.string(), project: z.string().meta({ description: 'Slug or ID.' }) });
const writers: readonly Scope[] = ['project:write', 'project:admin', 'project:releases', 'org:ci'];
const tag = 'Releases';

const created = {
  201: { description: 'Created, or new to one of the projects.', schema: releaseJson },
  208: { description: 'It was there already.', schema: releaseJson },
};

export const createRelease = endpoint({
  method: 'POST',
  path: organization,
  id: 'createRelease',
  tag,
  summary: 'Create a release for projects, or add to the one with this version',
  scopes: writers,
  parameters: inOrganization,
  query: z.object({}),
  body: organizationReleaseBody,
  answers: created,
});

export const createProjectRelease = endpoint({
  method: 'POST',
  path: project,
  id: 'createProjectRelease',
  tag,
  summary: 'Create a release for one project, or add to the one with this version',
  scopes: writers,
  parameters: inProject,
  query: z.object({}),
  body: projectReleaseBody,
  answers: created,
});
