import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import { releaseJson } from '../../lib/releases/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';
import { flagParameter, listParameter, textParameter } from '../middleware/query-parameters.ts';

const readers: readonly Scope[] = ['project:read', 'project:write', 'project:admin', 'project:releases', 'org:ci'];
const tag = 'Releases';
const answers = { 200: { description: 'A page of releases.', schema: z.array(releaseJson) } };

export const listReleases = endpoint({
  method: 'GET',
  path: '/api/0/organizations/{org}/releases',
  id: 'listReleases',
  tag,
  summary: 'List the releases of an organization that belong to a project within reach, newest first',
  scopes: readers,
  parameters: z.object({ org: z.string() }),
  query: z.object({
    ...pageParameters,
    query: textParameter(
      'Part of the version, or terms: release: (with * at either end), release.version: (with >, >=, <, <= or 1.2.*), release.package:, release.build:, release.stage:; ! before a key negates it.',
    ),
    sort: textParameter('date (when it was added), semver or build; what needs sessions is in the order of the date.'),
    flatten: flagParameter('Needed to sort by crash statistics.'),
    status: textParameter('open unless told, archived, or empty for both.'),
    project: listParameter('IDs or slugs of projects; a release has to belong to one of them. -1 for all.'),
    environment: listParameter('Names of environments; a release has to have been deployed to one of them.'),
    start: textParameter('Added at this time or later; together with end.'),
    end: textParameter('Added at this time or earlier.'),
    statsPeriod: textParameter('Added within this period until now, such as 14d.'),
    health: flagParameter('Taken and ignored: there is no session data.'),
  }),
  body: noBodySchema,
  answers,
  paged: true,
});

export const listProjectReleases = endpoint({
  method: 'GET',
  path: '/api/0/projects/{org}/{project}/releases',
  id: 'listProjectReleases',
  tag,
  summary: 'List the open releases of a project by when they were released, or else added, newest first',
  scopes: readers,
  parameters: z.object({ org: z.string(), project: z.string().meta({ description: 'Slug or ID.' }) }),
  query: z.object({
    ...pageParameters,
    query: textParameter('Part of the version, in any case.'),
    environment: listParameter('Names of environments; a release has to have been deployed to one of them.'),
  }),
  body: noBodySchema,
  answers,
  paged: true,
});
