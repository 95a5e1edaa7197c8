import { incidentStatusChoice, listIncidentActivities, listIncidents, showIncident } from '../../lib/alerts/index.ts';
import { readPage, sourceOf } from '../../lib/platform/pagination.ts';
import * as endpoints from '../api-endpoints/incidents.ts';
import { serve } from '../middleware/api-door.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';
import { type IncidentsApp, wanted } from './incident-request.ts';

/** Lists incidents, shows one, and lists what happened to it. */
export const servedReads = [
  serve(endpoints.listIncidents, async (app: IncidentsApp, { caller, path: { org }, query, request }) => {
    const { status, alertRule: ruleId, project: projects } = query;
    const selection = { organization: org, caller, status: incidentStatusChoice(status), ruleId, projects };
    return pagedAnswer(app.publicUrl, request, await listIncidents(app, { ...selection, page: pageOf(query) }));
  }),
  serve(endpoints.getIncident, async (app: IncidentsApp, input) => ({
    status: 200,
    body: await showIncident(app, wanted(input)),
  })),
  serve(endpoints.listIncidentActivities, async (app: IncidentsApp, { query, request, ...input }) => {
    const entries = (await listIncidentActivities(app, wanted(input))).map((item) => ({
      position: `${item.dateCreated}#${item.id}`,
      item,
    }));
    return pagedAnswer(app.publicUrl, request, await readPage(pageOf(query), sourceOf(entries)));
  }),
];
