import {
  acknowledgeIncident,
  commentOnIncident,
  type Doer,
  requireAcknowledged,
  resolveIncident,
  showIncident,
} from '../../lib/alerts/index.ts';
import * as endpoints from '../api-endpoints/incidents.ts';
import { serve } from '../middleware/api-door.ts';
import { doerOf } from '../middleware/doer.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { type IncidentRequest, type IncidentsApp, wanted } from './incident-request.ts';

async function update(
  app: IncidentsApp,
  {
    body,
    ...input
  }: IncidentRequest & { readonly body: { readonly status: string | number; readonly comment?: string | undefined } },
): Promise<HttpAnswer> {
  const by = await doerOf(app, input.caller);
  const request = { ...wanted(input), by };
  if (body.status === 'acknowledged') requireAcknowledged(await acknowledgeIncident(app, request));
  else await resolveIncident(app, request);
  if (body.comment !== undefined) await comment(app, input, by, body.comment);
  return { status: 200, body: await showIncident(app, wanted(input)) };
}

async function comment(app: IncidentsApp, input: IncidentRequest, by: Doer, text: string) {
  const { comment: added, told } = await commentOnIncident(app, { ...wanted(input), by, text });
  await sendSoon(app, told);
  return added;
}

/** What the queue does not take now lies in the outbox, and is sent from there a minute later: the comment stands in any case. */
async function sendSoon(app: IncidentsApp, told: readonly string[]): Promise<void> {
  try {
    await app.outgoing.send(told.map((id) => ({ kind: 'outgoing-message', id })));
  } catch (error) {
    app.log.warn('messages about a comment wait in the outbox', { cause: String(error) });
  }
}

/** What people do and say about an incident. */
export const servedChanges = [
  serve(endpoints.updateIncident, update, { notesUse: true }),
  serve(
    endpoints.commentOnIncident,
    async (app: IncidentsApp, { body, ...input }) => {
      const by = await doerOf(app, input.caller);
      return { status: 201, body: await comment(app, input, by, body.comment) };
    },
    { notesUse: true },
  ),
];
