import { subscribeToIncident, unsubscribeFromIncident } from '../../lib/alerts/index.ts';
import { requirePerson } from '../../lib/organizations/index.ts';
import * as endpoints from '../api-endpoints/incidents.ts';
import { serve } from '../middleware/api-door.ts';
import { type IncidentsApp, wanted } from './incident-request.ts';

/** Has people told what others say about an incident, or no longer. */
export const servedSubscriptions = [
  serve(endpoints.subscribeToIncident, async (app: IncidentsApp, input) => {
    await subscribeToIncident(app, { ...wanted(input), userId: requirePerson(input.caller) });
    return { status: 204 };
  }),
  serve(endpoints.unsubscribeFromIncident, async (app: IncidentsApp, input) => {
    await unsubscribeFromIncident(app, { ...wanted(input), userId: requirePerson(input.caller) });
    return { status: 204 };
  }),
];
