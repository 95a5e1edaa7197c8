import type { Reach } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import type { Lookup } from '../platform/lookup.ts';
import { lookUp } from '../platform/lookup.ts';
import { projectsLookup } from '../projects/index.ts';
import { requireReachedIncident } from './change-incident.ts';
import { loadActivities } from './incident-activity-store.ts';
import type { IncidentActivityJson, IncidentDetailJson } from './incident-json.ts';
import type { Incident } from './incident-store.ts';
import { loadComments, loadSubscribers } from './incident-talk-store.ts';
import { serializeActivities, serializeIncidents } from './serialize-incident.ts';

/** Which incident, and what the one who asks reaches. */
export interface IncidentToShow {
  readonly organization: string;
  readonly identifier: number;
  readonly reach: Lookup<Reach>;
  /** Whoever asks, when it is a person. */
  readonly userId?: string | undefined;
}

/** An incident with all that happened to it. @throws NotFoundError also when it is not within reach, UnauthenticatedError */
export async function showIncident(
  app: Pick<App, 'table'>,
  { userId, ...wanted }: IncidentToShow,
): Promise<IncidentDetailJson> {
  const incident = await requireReachedIncident(app, wanted);
  const [activities, subscribers, [shown]] = await Promise.all([
    activitiesOf(app, incident),
    loadSubscribers(app, incident),
    serialized(app, incident),
  ]);
  if (shown === undefined) throw new TypeError('An incident was read and not shown.');
  return { ...shown, isSubscribed: userId !== undefined && subscribers.includes(userId), activities };
}

/** What happened to an incident and was said about it, the first first. @throws NotFoundError, UnauthenticatedError */
export async function listIncidentActivities(
  app: Pick<App, 'table'>,
  wanted: IncidentToShow,
): Promise<IncidentActivityJson[]> {
  return activitiesOf(app, await requireReachedIncident(app, wanted));
}

async function activitiesOf(app: Pick<App, 'table'>, incident: Incident): Promise<IncidentActivityJson[]> {
  const [activities, comments] = await Promise.all([loadActivities(app, incident), loadComments(app, incident)]);
  return serializeActivities(incident, activities, comments);
}

async function serialized(app: Pick<App, 'table'>, incident: Incident) {
  const [{ found }] = await lookUp(app.table, [projectsLookup(incident.organization, [incident.projectId])]);
  return serializeIncidents(app, [incident], new Map(found.map((project) => [project.id, project])));
}
