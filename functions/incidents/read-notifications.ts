import { listIncidentNotifications, listUnsentNotifications, unsentStateChoice } from '../../lib/alerts/index.ts';
import * as endpoints from '../api-endpoints/incidents.ts';
import { serve } from '../middleware/api-door.ts';
import { pagedAnswer, pageOf } from '../middleware/paging.ts';
import { type IncidentsApp, wanted } from './incident-request.ts';

/** Lists who was told of an incident, and who was told of none though they should have been. */
export const servedNotifications = [
  serve(endpoints.listIncidentNotifications, async (app: IncidentsApp, { query, request, ...input }) => {
    const page = await listIncidentNotifications(app, { ...wanted(input), page: pageOf(query) });
    return pagedAnswer(app.publicUrl, request, page);
  }),
  serve(endpoints.listUnsentNotifications, async (app: IncidentsApp, { caller, path: { org }, query, request }) => {
    const selection = { organization: org, caller, state: unsentStateChoice(query.state) };
    const page = await listUnsentNotifications(app, { ...selection, page: pageOf(query) });
    return pagedAnswer(app.publicUrl, request, page);
  }),
];
