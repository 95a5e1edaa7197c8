import {
  listMetrics,
  listTagKeys,
  listTagValues,
  metricIdOf,
  queryMetrics,
  queryRequests,
  serializeAnswer,
  serializeMetric,
} from '../lib/metrics/index.ts';
import type { Caller } from '../lib/organizations/index.ts';
import type { Table } from '../lib/platform/table.ts';
import * as endpoints from './api-endpoints/metrics.ts';
import { apiDoor, serve } from './middleware/api-door.ts';
import { type ListApp, listParts, listSettings } from './middleware/list-parts.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { projectsInReach } from './middleware/reach.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = listSettings.extend(metricSettings);

type QueryMetricsApp = ListApp & { readonly metricsTable: Table };

/** The organization and the projects that a request is about. */
async function queried(app: QueryMetricsApp, caller: Caller, org: string, projects: readonly string[]) {
  const found = await projectsInReach(app, caller, { org, projects });
  return { organization: org, projectIds: found.map(({ id }) => id) };
}

/** Queries over metrics, and what there is to ask for. */
export const served = [
  serve(endpoints.queryMetrics, async (app: QueryMetricsApp, { caller, path: { org }, body }) => {
    const requests = queryRequests(body, await queried(app, caller, org, body.project), app.clock);
    const answers = (await queryMetrics(app, requests)).map(serializeAnswer);
    return { status: 200, body: body.query === undefined ? { results: answers } : answers[0] };
  }),
  serve(endpoints.listMetrics, async (app: QueryMetricsApp, { caller, path: { org }, query, request }) => {
    const of = await queried(app, caller, org, query.project);
    const { items, ...page } = await listMetrics(app, { ...of, page: pageOf(query) });
    return pagedAnswer(app.publicUrl, request, { ...page, items: items.map(serializeMetric) });
  }),
  serve(endpoints.listMetricTags, async (app: QueryMetricsApp, { caller, path: { org }, query }) => {
    const of = await queried(app, caller, org, query.project);
    const keys = await listTagKeys(app, { ...of, mri: metricIdOf(query.metric) });
    return { status: 200, body: keys.map((key) => ({ key })) };
  }),
  serve(endpoints.listMetricTagValues, async (app: QueryMetricsApp, { caller, path, query, request }) => {
    const of = await queried(app, caller, path.org, query.project);
    const asked = { mri: metricIdOf(query.metric), tag: path.key, page: pageOf(query) };
    const { items, ...page } = await listTagValues(app, { ...of, ...asked });
    const values = items.map(({ value, lastDay }) => ({ key: path.key, value, lastSeen: lastDay }));
    return pagedAnswer(app.publicUrl, request, { ...page, items: values });
  }),
];

export const handler = apiDoor(
  'query-metrics',
  served,
  appSource(settings, (config, base) => ({ ...listParts(config, base), ...metricParts(config) })),
);
