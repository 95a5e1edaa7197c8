import * as z from 'zod';
import {
  acknowledgeIncident,
  commentOnIncident,
  type Doer,
  type IncidentApp,
  incidentNumber,
  incidentStatusChoice,
  listIncidentActivities,
  listIncidentNotifications,
  listIncidents,
  listUnsentNotifications,
  type NotificationAddress,
  requireAcknowledged,
  resolveIncident,
  showIncident,
  subscribeToIncident,
  unsentStateChoice,
  unsubscribeFromIncident,
} from '../lib/alerts/index.ts';
import { type Caller, reachLookup, requirePerson, tokenCache } from '../lib/organizations/index.ts';
import { readPage, sourceOf } from '../lib/platform/pagination.ts';
import { type Queue, sqsQueue } from '../lib/platform/queue.ts';
import { openTable } from '../lib/platform/table.ts';
import type { SlackJobOf } from '../lib/slack/index.ts';
import * as endpoints from './api-endpoints/incidents.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { doerOf } from './middleware/doer.ts';
import type { HttpAnswer } from './middleware/http-answer.ts';
import { pagedAnswer, pageOf } from './middleware/paging.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  PUBLIC_URL: z.url(),
  NOTIFICATIONS_QUEUE_URL: z.url(),
  SLACK_JOBS_QUEUE_URL: z.url(),
});

type IncidentsApp = ApiApp &
  IncidentApp & { readonly publicUrl: string; readonly outgoing: Queue<SlackJobOf<'outgoing-message'>> };

interface Input {
  readonly caller: Caller;
  readonly path: { readonly org: string; readonly incident: string };
}

function wanted({ caller, path: { org, incident } }: Input) {
  return { organization: org, identifier: incidentNumber(incident), reach: reachLookup(caller), userId: caller.userId };
}

async function comment(app: IncidentsApp, input: Input, by: Doer, text: string) {
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

async function update(
  app: IncidentsApp,
  {
    body,
    ...input
  }: Input & { readonly body: { readonly status: string | number; readonly comment?: string | undefined } },
): Promise<HttpAnswer> {
  const by = await doerOf(app, input.caller);
  const request = { ...wanted(input), by };
  if (body.status === 'acknowledged') requireAcknowledged(await acknowledgeIncident(app, request));
  else await resolveIncident(app, request);
  if (body.comment !== undefined) await comment(app, input, by, body.comment);
  return { status: 200, body: await showIncident(app, wanted(input)) };
}

/** Incidents: lists, all about one of them, who was told, and what people do and say about it. */
export const served = [
  serve(endpoints.listIncidents, async (app: IncidentsApp, { caller, path: { org }, query, request }) => {
    const { status, alertRule: ruleId, project: projects } = query;
    const selection = { organization: org, caller, status: incidentStatusChoice(status), ruleId, projects };
    return pagedAnswer(app.publicUrl, request, await listIncidents(app, { ...selection, page: pageOf(query) }));
  }),
  serve(endpoints.getIncident, async (app: IncidentsApp, input) => ({
    status: 200,
    body: await showIncident(app, wanted(input)),
  })),
  serve(endpoints.updateIncident, update, { notesUse: true }),
  serve(endpoints.listIncidentActivities, async (app: IncidentsApp, { query, request, ...input }) => {
    const entries = (await listIncidentActivities(app, wanted(input))).map((item) => ({
      position: `${item.dateCreated}#${item.id}`,
      item,
    }));
    return pagedAnswer(app.publicUrl, request, await readPage(pageOf(query), sourceOf(entries)));
  }),
  serve(endpoints.listIncidentNotifications, async (app: IncidentsApp, { query, request, ...input }) => {
    const page = await listIncidentNotifications(app, { ...wanted(input), page: pageOf(query) });
    return pagedAnswer(app.publicUrl, request, page);
  }),
  serve(endpoints.listUnsentNotifications, async (app: IncidentsApp, { caller, path: { org }, query, request }) => {
    const selection = { organization: org, caller, state: unsentStateChoice(query.state) };
    return pagedAnswer(
      app.publicUrl,
      request,
      await listUnsentNotifications(app, { ...selection, page: pageOf(query) }),
    );
  }),
  serve(
    endpoints.commentOnIncident,
    async (app: IncidentsApp, { body, ...input }) => {
      const by = await doerOf(app, input.caller);
      return { status: 201, body: await comment(app, input, by, body.comment) };
    },
    { notesUse: true },
  ),
  serve(endpoints.subscribeToIncident, async (app: IncidentsApp, input) => {
    await subscribeToIncident(app, { ...wanted(input), userId: requirePerson(input.caller) });
    return { status: 204 };
  }),
  serve(endpoints.unsubscribeFromIncident, async (app: IncidentsApp, input) => {
    await unsubscribeFromIncident(app, { ...wanted(input), userId: requirePerson(input.caller) });
    return { status: 204 };
  }),
];

export const handler = apiDoor(
  'incidents',
  served,
  appSource(settings, (config, { clock }) => ({
    table: openTable(config.TABLE_NAME),
    tokens: tokenCache(clock),
    publicUrl: config.PUBLIC_URL,
    notifications: sqsQueue<NotificationAddress>(config.NOTIFICATIONS_QUEUE_URL),
    outgoing: sqsQueue<SlackJobOf<'outgoing-message'>>(config.SLACK_JOBS_QUEUE_URL),
  })),
);
