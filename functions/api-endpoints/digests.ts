import * as z from 'zod';
import {
  digestBody,
  digestChangesBody,
  digestDetailJson,
  digestJson,
  digestSendingJson,
} from '../../lib/alerts/index.ts';
import type { Scope } from '../../lib/organizations/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';

const all = '/api/0/organizations/{org}/digests';
const one = `${all}/{digest}`;
const tag = 'Alerts';
const readers: readonly Scope[] = ['alerts:read', 'alerts:write', 'org:read', 'org:write', 'org:admin'];
const writers: readonly Scope[] = ['alerts:write', 'org:write', 'org:admin'];
const inOrganization = z.object({ org: z.string() });
const ofDigest = z.object({ org: z.string(), digest: z.string().meta({ description: 'ID.' }) });
const noQuery = z.object({});

export const listDigests = endpoint({
  method: 'GET',
  path: all,
  id: 'listDigests',
  tag,
  summary: 'List the digests whose rules the caller reaches, oldest first',
  scopes: readers,
  parameters: inOrganization,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: { 200: { description: 'A page of digests.', schema: z.array(digestJson) } },
  paged: true,
});

export const createDigest = endpoint({
  method: 'POST',
  path: all,
  id: 'createDigest',
  tag,
  summary: 'Have some rules shown in a channel on a schedule',
  scopes: writers,
  parameters: inOrganization,
  query: noQuery,
  body: digestBody,
  answers: { 201: { description: 'Created.', schema: digestJson } },
});

export const getDigest = endpoint({
  method: 'GET',
  path: one,
  id: 'getDigest',
  tag,
  summary: 'Show a digest with what became of it the last times',
  scopes: readers,
  parameters: ofDigest,
  query: noQuery,
  body: noBodySchema,
  answers: { 200: { description: 'The digest.', schema: digestDetailJson } },
});

export const updateDigest = endpoint({
  method: 'PUT',
  path: one,
  id: 'updateDigest',
  tag,
  summary: 'Change a digest; what is left out stays',
  scopes: writers,
  parameters: ofDigest,
  query: noQuery,
  body: digestChangesBody,
  answers: { 200: { description: 'The digest as it is now.', schema: digestJson } },
});

export const deleteDigest = endpoint({
  method: 'DELETE',
  path: one,
  id: 'deleteDigest',
  tag,
  summary: 'Delete a digest',
  scopes: writers,
  parameters: ofDigest,
  query: noQuery,
  body: noBodySchema,
  answers: { 204: { description: 'It is gone.' } },
});

export const sendDigest = endpoint({
  method: 'POST',
  path: `${one}/send`,
  id: 'sendDigest',
  tag,
  summary: 'Have a digest sent now, to see what it looks like; once a minute at most',
  scopes: writers,
  parameters: ofDigest,
  query: noQuery,
  body: noBodySchema,
  answers: { 202: { description: 'It is on its way; the digest tells what became of it.', schema: digestSendingJson } },
});
