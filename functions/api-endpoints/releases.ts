import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import {
  organizationReleaseBody,
  projectReleaseBody,
  releaseJson,
  releaseUpdateBody,
} from '../../lib/releases/index.ts';
import { endpoint } from '../middleware/endpoint.ts';

const organization = '/api/0/organizations/{org}/releases';
const project = '/api/0/projects/{org}/{project}/releases';
const inOrganization = z.object({ org: z.string() });
const inProject = z.object({ org: z.string(), project: z.string().meta({ description: 'Slug or ID.' }) });
/** As much as API Gateway hands over: ten thousand commits. */
const maxBodyBytes = 6 * 1024 * 1024;
const versioned = { version: z.string().meta({ description: 'Percent-encoded.' }) };
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
  maxBodyBytes,
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
  maxBodyBytes,
  body: projectReleaseBody,
  answers: created,
});

const updated = { 200: { description: 'As it is now.', schema: releaseJson } };

export const updateRelease = endpoint({
  method: 'PUT',
  path: `${organization}/{version}`,
  id: 'updateRelease',
  tag,
  summary: 'Change a release: its dates, its status, its commits',
  scopes: writers,
  parameters: inOrganization.extend(versioned),
  query: z.object({}),
  maxBodyBytes,
  body: releaseUpdateBody,
  answers: updated,
});

export const updateProjectRelease = endpoint({
  method: 'PUT',
  path: `${project}/{version}`,
  id: 'updateProjectRelease',
  tag,
  summary: 'Change a release of a project',
  scopes: writers,
  parameters: inProject.extend(versioned),
  query: z.object({}),
  maxBodyBytes,
  body: releaseUpdateBody,
  answers: updated,
});
