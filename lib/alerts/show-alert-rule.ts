import type { Caller } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { isChannel } from './alert-rule-store.ts';
import { describeRule } from './describe-rule.ts';
import {
  findNewestIncidents,
  type Incident,
  type IncidentActivity,
  loadActivities,
  loadIncident,
} from './incident-store.ts';
import { messages } from './messages.ts';
import { reachedRule } from './reached-rule.ts';
import { loadState } from './rule-state-store.ts';

/** A rule as people see it, with what it found lately. */
export interface ShownAlertRule {
  readonly name: string;
  /** What it watches, in sentences. */
  readonly words: readonly string[];
  readonly project: string;
  /** Names of the channels that are told. */
  readonly channels: readonly string[];
  readonly status: 'critical' | 'warning' | 'fine';
  /** The end of the newest window that was judged, if one was. */
  readonly judgedAt: string | null;
  /** The newest ones, newest first, and the one that was asked for however old it is. */
  readonly incidents: readonly ShownIncident[];
}

/** An incident with all that happened to it, the first first. */
export interface ShownIncident extends Pick<Incident, 'identifier' | 'status' | 'startedAt' | 'closedAt'> {
  readonly activities: readonly ShownIncidentActivity[];
}

/** Something that happened to an incident; `who` did it, when it was a person. */
export interface ShownIncidentActivity extends Pick<IncidentActivity, 'type' | 'at' | 'to'> {
  readonly who?: string | undefined;
}

const newestIncidents = 10;
const timelinesAtATime = 5;

/**
 * A rule, how it stands and its newest incidents.
 * @throws NotFoundError also when its project is not within reach, UnauthenticatedError when the person has left the organization
 */
export async function showAlertRule(
  app: Pick<App, 'table'>,
  wanted: { readonly caller: Caller; readonly ruleId: string; readonly incident?: number | undefined },
): Promise<ShownAlertRule> {
  const found = await reachedRule(app, wanted);
  if (found === undefined) throw new NotFoundError(messages.ruleUnknown);
  const { rule, project } = found;
  const [state, newest] = await Promise.all([
    loadState(app, { ruleId: rule.id, projectId: rule.projectId }),
    findNewestIncidents(app, rule.id, newestIncidents),
  ]);
  const incidents = [...newest, ...(await askedFor(app, wanted, newest))];
  return {
    name: rule.name,
    words: describeRule(rule),
    project: project.slug,
    channels: [
      ...new Set(
        rule.triggers.flatMap(({ actions }) => actions.filter(isChannel)).map(({ channelName }) => channelName),
      ),
    ],
    status: state?.incident?.status ?? 'fine',
    judgedAt: state?.lastUpdate ?? null,
    incidents: await mapLimited(incidents, timelinesAtATime, async (incident) => withTimeline(app, incident)),
  };
}

/** The incident that was asked for, when it is one of the rule and not among the newest. */
async function askedFor(
  app: Pick<App, 'table'>,
  { caller, ruleId, incident }: Parameters<typeof showAlertRule>[1],
  newest: readonly Incident[],
): Promise<Incident[]> {
  if (incident === undefined || newest.some(({ identifier }) => identifier === incident)) return [];
  const older = await loadIncident(app, { organization: caller.organization, identifier: incident });
  return older?.ruleId === ruleId ? [older] : [];
}

async function withTimeline(app: Pick<App, 'table'>, incident: Incident): Promise<ShownIncident> {
  const { identifier, status, startedAt, closedAt, deeds = [] } = incident;
  // Names as they were when it was done: who has left since then is still named.
  const names = new Map(deeds.map(({ by }) => [by.userId, by.name]));
  const activities = (await loadActivities(app, incident)).map(({ type, at, to, actor }) => ({
    ...{ type, at, to },
    ...(actor !== undefined && { who: names.get(actor) ?? messages.somebody }),
  }));
  return { identifier, status, startedAt, closedAt, activities };
}
