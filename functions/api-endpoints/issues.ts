import * as z from 'zod';
import {
  changedFieldsJson,
  issueActivityJson,
  issueChangeBody,
  issueHistoryJson,
  issueJson,
} from '../../lib/issues/index.ts';
import type { Scope } from '../../lib/organizations/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';
import { listParameter, textParameter } from '../middleware/query-parameters.ts';

const readers: readonly Scope[] = [
  'event:read',
  'event:write',
  'event:admin',
  'project:read',
  'project:write',
  'project:admin',
  'project:releases',
  'org:ci',
];
const writers: readonly Scope[] = [
  'event:write',
  'event:admin',
  'project:write',
  'project:admin',
  'project:releases',
  'org:ci',
];

const issue = z.string().meta({ description: 'ID or short ID, such as WEB-1A.' });
const inOrganization = z.object({ org: z.string() });
const inProject = z.object({ org: z.string(), project: z.string().meta({ description: 'Slug or ID.' }) });
const ofOrganization = z.object({ org: z.string(), issue });
const ofCaller = z.object({ issue });

const query = textParameter('Such as `is:unresolved level:error release:"app@1.0" text`; also `is:for_review`.');
const projects = listParameter('Slugs or IDs of projects; all within reach unless told.');
// What is not known is refused here: a filter that was overlooked would change issues that nobody meant.
const selection = z.strictObject({
  id: listParameter('IDs or short IDs of issues.'),
  status: listParameter('Only issues with this status: unresolved, resolved, ignored or muted.'),
  query,
});

const read = { method: 'GET', tag: 'Issues', scopes: readers, body: noBodySchema } as const;
const write = { method: 'PUT', tag: 'Issues', scopes: writers, body: issueChangeBody } as const;
const pages = { query: z.object(pageParameters), paged: true } as const;

const issueList = { 200: { description: 'A page of issues, seen last first.', schema: z.array(issueJson) } };
const oneIssue = { 200: { description: 'The issue.', schema: issueJson } };
const activities = { 200: { description: 'A page, newest first.', schema: z.array(issueActivityJson) } };
const history = { 200: { description: 'A page, newest first.', schema: z.array(issueHistoryJson) } };
const changed = { 200: { description: 'What the issues have in common now.', schema: changedFieldsJson } };
const event = z.object({ eventID: z.string() }).meta({ id: 'Event' });

export const listOrganizationIssues = endpoint({
  ...read,
  path: '/api/0/organizations/{org}/issues',
  id: 'listIssues',
  summary: 'List the issues of projects',
  parameters: inOrganization,
  query: z.object({ query, project: projects, ...pageParameters }),
  answers: issueList,
  paged: true,
});

export const listProjectIssues = endpoint({
  ...read,
  path: '/api/0/projects/{org}/{project}/issues',
  id: 'listProjectIssues',
  summary: 'List the issues of a project',
  parameters: inProject,
  query: z.object({ query, ...pageParameters }),
  answers: issueList,
  paged: true,
});

export const listProjectEvents = endpoint({
  ...read,
  ...pages,
  path: '/api/0/projects/{org}/{project}/events',
  id: 'listProjectEvents',
  summary: 'List the events of a project; none are kept yet',
  parameters: inProject,
  answers: { 200: { description: 'A page of events.', schema: z.array(event) } },
});

export const getOrganizationIssue = endpoint({
  ...read,
  path: '/api/0/organizations/{org}/issues/{issue}',
  id: 'getIssue',
  summary: 'Show an issue',
  parameters: ofOrganization,
  query: z.object({}),
  answers: oneIssue,
});

export const getIssue = endpoint({
  ...read,
  path: '/api/0/issues/{issue}',
  id: 'getOwnIssue',
  summary: 'Show an issue of the token’s organization',
  parameters: ofCaller,
  query: z.object({}),
  answers: oneIssue,
});

export const listOrganizationIssueActivities = endpoint({
  ...read,
  ...pages,
  path: '/api/0/organizations/{org}/issues/{issue}/activities',
  id: 'listIssueActivities',
  summary: 'List what was done about an issue',
  parameters: ofOrganization,
  answers: activities,
});

export const listIssueActivities = endpoint({
  ...read,
  ...pages,
  path: '/api/0/issues/{issue}/activities',
  id: 'listOwnIssueActivities',
  summary: 'List what was done about an issue of the token’s organization',
  parameters: ofCaller,
  answers: activities,
});

export const listOrganizationIssueHistory = endpoint({
  ...read,
  ...pages,
  path: '/api/0/organizations/{org}/issues/{issue}/history',
  id: 'listIssueHistory',
  summary: 'List the states that an issue went through',
  parameters: ofOrganization,
  answers: history,
});

export const listIssueHistory = endpoint({
  ...read,
  ...pages,
  path: '/api/0/issues/{issue}/history',
  id: 'listOwnIssueHistory',
  summary: 'List the states that an issue of the token’s organization went through',
  parameters: ofCaller,
  answers: history,
});

export const updateOrganizationIssues = endpoint({
  ...write,
  path: '/api/0/organizations/{org}/issues',
  id: 'updateIssues',
  summary: 'Change issues of projects: those that are named, or all that fit',
  parameters: inOrganization,
  query: selection.extend({ project: projects }),
  answers: changed,
});

export const updateProjectIssues = endpoint({
  ...write,
  path: '/api/0/projects/{org}/{project}/issues',
  id: 'updateProjectIssues',
  summary: 'Change issues of a project: those that are named, or all that fit',
  parameters: inProject,
  query: selection,
  answers: changed,
});

export const updateOrganizationIssue = endpoint({
  ...write,
  path: '/api/0/organizations/{org}/issues/{issue}',
  id: 'updateIssue',
  summary: 'Change an issue',
  parameters: ofOrganization,
  query: z.object({}),
  answers: oneIssue,
});

export const updateIssue = endpoint({
  ...write,
  path: '/api/0/issues/{issue}',
  id: 'updateOwnIssue',
  summary: 'Change an issue of the token’s organization',
  parameters: ofCaller,
  query: z.object({}),
  answers: oneIssue,
});
