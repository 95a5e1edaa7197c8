import * as z from 'zod';
import {
  commentText,
  incidentActivityJson,
  incidentDetailJson,
  incidentJson,
  incidentStatusWanted,
  notificationJson,
} from '../../lib/alerts/index.ts';
import type { Scope } from '../../lib/organizations/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';
import { listParameter, textParameter } from '../middleware/query-parameters.ts';

const all = '/api/0/organizations/{org}/incidents';
const one = `${all}/{incident}`;
const readers: readonly Scope[] = ['alerts:read', 'alerts:write', 'org:read', 'org:write', 'org:admin'];
const writers: readonly Scope[] = ['alerts:write', 'org:write', 'org:admin'];
const tag = 'Alerts';

const inOrganization = z.object({ org: z.string() });
const ofIncident = z.object({
  org: z.string(),
  incident: z.string().meta({ description: 'The number of the incident within the organization.' }),
});
const noQuery = z.object({});
const detail = { 200: { description: 'The incident.', schema: incidentDetailJson } };
const nothing = { 204: { description: 'It is so now, or was before.' } };

export const listIncidents = endpoint({
  method: 'GET',
  path: all,
  id: 'listIncidents',
  tag,
  summary: 'List the incidents of alert rules',
  scopes: readers,
  parameters: inOrganization,
  query: z.object({
    status: textParameter('`open` for those that last (unless told), `closed`, or `all`.'),
    alertRule: textParameter('ID of a rule.'),
    project: listParameter('Slugs or IDs of projects; all within reach unless told.'),
    ...pageParameters,
  }),
  body: noBodySchema,
  answers: { 200: { description: 'A page of incidents, newest first.', schema: z.array(incidentJson) } },
  paged: true,
});

export const getIncident = endpoint({
  method: 'GET',
  path: one,
  id: 'getIncident',
  tag,
  summary: 'Show an incident with all that happened to it',
  scopes: readers,
  parameters: ofIncident,
  query: noQuery,
  body: noBodySchema,
  answers: detail,
});

export const updateIncident = endpoint({
  method: 'PUT',
  path: one,
  id: 'updateIncident',
  tag,
  summary: 'Resolve or acknowledge an incident',
  scopes: writers,
  parameters: ofIncident,
  query: noQuery,
  body: z.object({
    status: z
      .union([z.literal([2, '2']), z.literal(['resolved', 'closed', 'acknowledged'])], {
        error: incidentStatusWanted,
      })
      .meta({ description: '2 or `resolved` ends it; `acknowledged` says that somebody looks after it.' }),
    comment: commentText.optional().meta({ description: 'What is said about it with that.' }),
  }),
  answers: detail,
});

export const listIncidentActivities = endpoint({
  method: 'GET',
  path: `${one}/activity`,
  id: 'listIncidentActivities',
  tag,
  summary: 'List what happened to an incident and was said about it, the first first',
  scopes: readers,
  parameters: ofIncident,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: { 200: { description: 'A page of them.', schema: z.array(incidentActivityJson) } },
  paged: true,
});

export const listIncidentNotifications = endpoint({
  method: 'GET',
  path: `${one}/notifications`,
  id: 'listIncidentNotifications',
  tag,
  summary: 'List who was told of an incident, is being told, or could not be, in the order of its changes',
  scopes: readers,
  parameters: ofIncident,
  query: z.object(pageParameters),
  body: noBodySchema,
  answers: { 200: { description: 'A page of notifications.', schema: z.array(notificationJson) } },
  paged: true,
});

export const listUnsentNotifications = endpoint({
  ...listIncidentNotifications,
  path: '/api/0/organizations/{org}/notifications',
  id: 'listUnsentNotifications',
  summary: 'List the notifications of all incidents that did not reach anybody, newest first',
  parameters: inOrganization,
  query: z.object({
    state: textParameter('`failed` (unless told) for those that were refused for good, or `skipped`.'),
    ...pageParameters,
  }),
});

export const commentOnIncident = endpoint({
  method: 'POST',
  path: `${one}/comments`,
  id: 'commentOnIncident',
  tag,
  summary: 'Comment on an incident',
  scopes: writers,
  parameters: ofIncident,
  query: noQuery,
  body: z.object({ comment: commentText }),
  answers: { 201: { description: 'The comment.', schema: incidentActivityJson } },
});

export const subscribeToIncident = endpoint({
  method: 'POST',
  path: `${one}/subscriptions`,
  id: 'subscribeToIncident',
  tag,
  summary: 'Hear of what is said about an incident',
  scopes: readers,
  parameters: ofIncident,
  query: noQuery,
  body: noBodySchema,
  answers: nothing,
});

export const unsubscribeFromIncident = endpoint({
  method: 'DELETE',
  path: `${one}/subscriptions`,
  id: 'unsubscribeFromIncident',
  tag,
  summary: 'Hear of an incident no more',
  scopes: readers,
  parameters: ofIncident,
  query: noQuery,
  body: noBodySchema,
  answers: nothing,
});
