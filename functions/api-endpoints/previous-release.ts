import * as z from 'zod';
import type { Scope } from '../../lib/organizations/index.ts';
import { releaseJson } from '../../lib/releases/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';

const readers: readonly Scope[] = ['project:read', 'project:write', 'project:admin', 'project:releases', 'org:ci'];
const tag = 'Releases';
const answers = {
  200: {
    description: 'The release, or an empty object when there is none.',
    schema: z.union([releaseJson, z.strictObject({})]),
  },
};

export const getPreviousRelease = endpoint({
  method: 'GET',
  path: '/api/0/organizations/{org}/releases/{version}/previous-with-commits',
  id: 'getPreviousRelease',
  tag,
  summary: 'Get the newest release before this one that has commits',
  scopes: readers,
  parameters: z.object({ org: z.string(), version: z.string() }),
  query: z.object({}),
  body: noBodySchema,
  answers,
});

export const getPreviousProjectRelease = endpoint({
  method: 'GET',
  path: '/api/0/projects/{org}/{project}/releases/{version}/previous-with-commits',
  id: 'getPreviousProjectRelease',
  tag,
  summary: 'Get the newest release before this one of a project that has commits',
  scopes: readers,
  parameters: z.object({
    org: z.string(),
    project: z.string().meta({ description: 'Slug or ID.' }),
    version: z.string(),
  }),
  query: z.object({}),
  body: noBodySchema,
  answers,
});
