import * as z from 'zod';
import { metricJson, metricsAnswerJson, metricsAnswersJson, metricsQueryBody } from '../../lib/metrics/index.ts';
import type { Scope } from '../../lib/organizations/index.ts';
import { endpoint, noBodySchema } from '../middleware/endpoint.ts';
import { pageParameters } from '../middleware/paging.ts';
import { listParameter, textParameter } from '../middleware/query-parameters.ts';

const readers: readonly Scope[] = [
  'org:read',
  'org:write',
  'org:admin',
  'project:read',
  'project:write',
  'project:admin',
  'event:read',
  'event:write',
  'event:admin',
  'alerts:read',
  'alerts:write',
];

const project = listParameter('Slugs or IDs of projects; all within reach unless told.');
const metric = textParameter('The id of a metric, or the public name of a well-known one; it has to be told.');
const parameters = z.object({ org: z.string() });
const read = { method: 'GET', tag: 'Metrics', scopes: readers, body: noBodySchema } as const;

export const queryMetrics = endpoint({
  method: 'POST',
  path: '/api/0/organizations/{org}/metrics/query',
  id: 'queryMetrics',
  tag: 'Metrics',
  summary: 'Answer a query over metrics, or several',
  scopes: readers,
  parameters,
  query: z.object({}),
  body: metricsQueryBody,
  answers: {
    200: {
      description: 'The answer; of several queries all.',
      schema: z.union([metricsAnswerJson, metricsAnswersJson]),
    },
  },
});

export const listMetrics = endpoint({
  ...read,
  path: '/api/0/organizations/{org}/metrics/meta',
  id: 'listMetrics',
  summary: 'List the metrics of projects, and what they can be asked for',
  parameters,
  query: z.object({ project, ...pageParameters }),
  answers: { 200: { description: 'A page of metrics, in the order of their ids.', schema: z.array(metricJson) } },
  paged: true,
});

export const listMetricTags = endpoint({
  ...read,
  path: '/api/0/organizations/{org}/metrics/tags',
  id: 'listMetricTags',
  summary: 'List the tags of a metric',
  parameters,
  query: z.object({ project, metric }),
  answers: { 200: { description: 'The tags, in order.', schema: z.array(z.object({ key: z.string() })) } },
});

export const listMetricTagValues = endpoint({
  ...read,
  path: '/api/0/organizations/{org}/metrics/tags/{key}',
  id: 'listMetricTagValues',
  summary: 'List the values of a tag of a metric',
  parameters: z.object({ org: z.string(), key: z.string().meta({ description: 'The name of the tag.' }) }),
  query: z.object({ project, metric, ...pageParameters }),
  answers: {
    200: {
      description: 'A page of values, in order.',
      schema: z.array(
        z.object({
          key: z.string(),
          value: z.string(),
          lastSeen: z.string().meta({ description: 'The last day (UTC) on which points had it.' }),
        }),
      ),
    },
  },
  paged: true,
});
