import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import { newProjectBody, projectChangesBody, projectJson } from '../../lib/projects/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';

const project = '/api/0/projects/{org}/{project}';
const ofTeam = '/api/0/teams/{org}/{team}/projects';
const inOrganization = z.object({ org: z.string() });
const inTeam = z.object({ org: z.string(), team: z.string() });
const inProject = z.object({ org: z.string(), project: z.string().meta({ description: 'Slug or ID.' }) });
const readers: readonly Scope[] = ['project:read', 'project:write', 'project:admin', 'project:releases', 'org:ci'];
const writers: readonly Scope[] = ['project:write', 'project:admin'];
const tag = 'Projects';

const pageOfProjects = { 200: { description: 'A page of projects.', schema: z.array(projectJson) } };
const oneProject = { 200: { description: 'The project.', schema: projectJson } };

export const listProjects = endpoint({
  method: 'GET',
  path: '/api/0/organizations/{org}/projects',
  id: 'listProjects',
  tag,
  summary: 'List the projects of an organization that the caller reaches, oldest first',
  scopes: [...readers, 'org:read', 'org:write', 'org:admin'],
  parameters: inOrganization,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: pageOfProjects,
  paged: true,
});

export const listTeamProjects = endpoint({
  method: 'GET',
  path: ofTeam,
  id: 'listTeamProjects',
  tag,
  summary: 'List the projects of a team that the caller reaches, oldest first',
  scopes: [...readers, 'team:read', 'team:write', 'team:admin'],
  parameters: inTeam,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: pageOfProjects,
  paged: true,
});

export const createProject = endpoint({
  method: 'POST',
  path: ofTeam,
  id: 'createProject',
  tag,
  summary: 'Create a project for a team',
  scopes: writers,
  parameters: inTeam,
  query: z.object({}),
  body: newProjectBody,
  answers: { 201: { description: 'Created.', schema: projectJson } },
});

export const getProject = endpoint({
  method: 'GET',
  path: project,
  id: 'getProject',
  tag,
  summary: 'Show a project',
  scopes: readers,
  parameters: inProject,
  query: z.object({}),
  body: noBodySchema,
  answers: oneProject,
});

export const updateProject = endpoint({
  method: 'PUT',
  path: project,
  id: 'updateProject',
  tag,
  summary: 'Change a project; what is left out stays',
  scopes: writers,
  parameters: inProject,
  query: z.object({}),
  body: projectChangesBody,
  answers: oneProject,
});

export const deleteProject = endpoint({
  method: 'DELETE',
  path: project,
  id: 'deleteProject',
  tag,
  summary: 'Delete a project and, a moment later, everything of it',
  scopes: ['project:admin'],
  parameters: inProject,
  query: z.object({}),
  body: noBodySchema,
  answers: { 204: { description: 'Deleted, now or before.' } },
});
