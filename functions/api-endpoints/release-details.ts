import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import { commitFileJson, commitJson, releaseJson } from '../../lib/releases/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';
import { textParameter } from '../middleware/query-parameters.ts';

const organization = '/api/0/organizations/{org}/releases/{version}';
const project = '/api/0/projects/{org}/{project}/releases/{version}';
const version = z.string();
const inOrganization = z.object({ org: z.string(), version });
const inProject = z.object({ org: z.string(), project: z.string().meta({ description: 'Slug or ID.' }), version });
const readers: readonly Scope[] = ['project:read', 'project:write', 'project:admin', 'project:releases', 'org:ci'];
const reading = { method: 'GET', tag: 'Releases', scopes: readers, body: noBodySchema } as const;

const detail = {
  ...reading,
  query: z.object({
    project: textParameter('ID or slug of a project: currentProjectMeta says what is before and after.'),
  }),
  answers: { 200: { description: 'The release.', schema: releaseJson } },
};
const ofRepository = z.object({
  ...pageParameters,
  repo_id: textParameter('Only those of the repository with this ID.'),
  repo_name: textParameter('Only those of the repository with this name; repo_id is preferred.'),
});
const commits = {
  ...reading,
  query: ofRepository,
  answers: { 200: { description: 'A page of commits.', schema: z.array(commitJson) } },
  paged: true,
} as const;
const files = {
  ...reading,
  query: ofRepository,
  answers: { 200: { description: 'A page of files.', schema: z.array(commitFileJson) } },
  paged: true,
} as const;

export const readRelease = endpoint({
  ...detail,
  path: organization,
  id: 'readRelease',
  summary: 'Show a release',
  parameters: inOrganization,
});

export const readProjectRelease = endpoint({
  ...detail,
  path: project,
  id: 'readProjectRelease',
  summary: 'Show a release of a project',
  parameters: inProject,
});

export const listReleaseCommits = endpoint({
  ...commits,
  path: `${organization}/commits`,
  id: 'listReleaseCommits',
  summary: 'List the commits of a release, newest first',
  parameters: inOrganization,
});

export const listProjectReleaseCommits = endpoint({
  ...commits,
  path: `${project}/commits`,
  id: 'listProjectReleaseCommits',
  summary: 'List the commits of a release of a project, newest first',
  parameters: inProject,
});

export const listCommitFiles = endpoint({
  ...files,
  path: `${organization}/commitfiles`,
  id: 'listCommitFiles',
  summary: 'List the files that the commits of a release touched, by path',
  parameters: inOrganization,
});

export const listProjectCommitFiles = endpoint({
  ...files,
  path: `${project}/commitfiles`,
  id: 'listProjectCommitFiles',
  summary: 'List the files that the commits of a release of a project touched, by path',
  parameters: inProject,
});

const deleting = {
  method: 'DELETE',
  tag: 'Releases',
  scopes: ['project:admin', 'project:releases'],
  query: z.object({}),
  body: noBodySchema,
  answers: { 204: { description: 'It is gone.' } },
} as const;

export const deleteRelease = endpoint({
  ...deleting,
  path: organization,
  id: 'deleteRelease',
  summary: 'Delete a release that no issue and no session refers to',
  parameters: inOrganization,
});

export const deleteProjectRelease = endpoint({
  ...deleting,
  path: project,
  id: 'deleteProjectRelease',
  summary: 'Delete a release of a project, in all of its projects',
  parameters: inProject,
});
