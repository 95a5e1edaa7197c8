import type { App } from '../platform/app.ts';
import type { Project } from '../projects/index.ts';
import { loadRulesById } from './alert-rule-store.ts';
import type { IncidentActivity } from './incident-activity-store.ts';
import { type IncidentActivityJson, type IncidentJson, statusNumbers } from './incident-json.ts';
import type { Incident } from './incident-store.ts';
import type { IncidentComment } from './incident-talk-store.ts';
import { messages } from './messages.ts';

/** Shows incidents, with the names of their rules as they are called now. `projects` by ID. */
export async function serializeIncidents(
  app: Pick<App, 'table'>,
  incidents: readonly Incident[],
  projects: ReadonlyMap<string, Pick<Project, 'slug'>>,
): Promise<IncidentJson[]> {
  const rules = await loadRulesById(
    app,
    incidents.map(({ ruleId }) => ruleId),
  );
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  return incidents.map((incident) => {
    const { identifier, organization, projectId, ruleId, status, deeds = [] } = incident;
    const name = names.get(ruleId);
    const acknowledged = deeds.find(({ kind }) => kind === 'acknowledged');
    return {
      identifier: String(identifier),
      organizationId: organization,
      projects: [projects.get(projectId)?.slug ?? projectId],
      alertRule: name === undefined ? null : { id: ruleId, name },
      title: name ?? messages.incidentOfNoRule(identifier),
      status: statusNumbers[status],
      dateStarted: incident.startedAt,
      dateDetected: incident.detectedAt,
      dateCreated: incident.createdAt,
      dateClosed: incident.closedAt,
      acknowledged: acknowledged === undefined ? null : { by: personOf(acknowledged.by), at: acknowledged.at },
    };
  });
}

/** Shows what happened to an incident together with what was said about it, in the order of time. */
export function serializeActivities(
  { deeds = [] }: Pick<Incident, 'deeds'>,
  activities: readonly IncidentActivity[],
  comments: readonly IncidentComment[],
): IncidentActivityJson[] {
  // Names as they were when it was done: who has left since then is still named.
  const names = new Map(deeds.map(({ by }) => [by.userId, by.name]));
  const happened = activities.map(({ number, type, at, from, to, actor }) => ({
    id: String(number),
    type,
    user: actor === undefined ? null : { id: actor, name: names.get(actor) ?? messages.somebody },
    value: to === undefined ? null : statusNumbers[to],
    previousValue: from === undefined ? null : statusNumbers[from],
    comment: null,
    dateCreated: at,
  }));
  return [...happened, ...comments.map(serializeComment)].sort((one, other) =>
    one.dateCreated < other.dateCreated ? -1 : Number(one.dateCreated > other.dateCreated),
  );
}

/** Shows a comment as one of the things that happened. */
export function serializeComment({ id, at, by, text }: IncidentComment): IncidentActivityJson {
  const noChange = { value: null, previousValue: null };
  return { id, type: 'comment', user: personOf(by), ...noChange, comment: text, dateCreated: at };
}

function personOf({ userId, name }: { readonly userId: string; readonly name: string }) {
  return { id: userId, name };
}
