import { reachesLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { projectsLookup } from '../projects/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { Destination } from './destination.ts';
import { loadSubscribers } from './incident-talk-store.ts';
import { messages } from './messages.ts';
import { isSnoozed, personalSnoozesLookup } from './rules/rule-snooze-store.ts';

/** An incident, as far as it decides who may hear of it. */
export interface HeardIncident {
  readonly organization: string;
  readonly identifier: number;
  readonly projectId: string;
  readonly ruleId: string;
}

/** The open incident of a rule. */
export function openIncidentOf(
  { id: ruleId, organization, projectId }: Pick<AlertRule, 'id' | 'organization' | 'projectId'>,
  { identifier }: { readonly identifier: number },
): HeardIncident {
  return { organization, identifier, projectId, ruleId };
}

/**
 * IDs of those who want to hear of an incident, may, and do not want to hear nothing of its rule. Who has subscribed may have
 * left the organization since, or the team, or the project may belong to another team by now.
 */
export async function subscribersToTell(
  app: Pick<App, 'table' | 'clock'>,
  incident: HeardIncident,
  except: string | undefined,
): Promise<string[]> {
  const { organization, projectId, ruleId } = incident;
  const wanting = (await loadSubscribers(app, incident)).filter((userId) => userId !== except);
  if (wanting.length === 0) return [];
  const [reaches, { found }, snoozes] = await lookUp(app.table, [
    reachesLookup(organization, wanting),
    projectsLookup(organization, [projectId]),
    personalSnoozesLookup(wanting.map((userId) => ({ ruleId, userId }))),
  ]);
  const [project] = found;
  if (project === undefined) return [];
  const quiet = new Set(snoozes.filter((one) => isSnoozed(one, app.clock.now())).map(({ userId }) => userId));
  return wanting.filter((userId) => reaches.get(userId)?.(project.team) === true && !quiet.has(userId));
}

/** The people whom a rule names itself; nobody of a rule that is gone. */
export function peopleNamedBy(rule: Pick<AlertRule, 'triggers'> | undefined): ReadonlySet<string> {
  const actions = rule?.triggers.flatMap((trigger) => trigger.actions) ?? [];
  return new Set(actions.flatMap((action) => (action.type === 'user' ? [action.userId] : [])));
}

/**
 * Where an incident was told of before, but for people who may hear of it no more: who has left the organization, and who reaches
 * the project no more unless the rule names them. They become nobody, with that as the reason.
 */
export async function withoutDeparted(
  { table }: Pick<App, 'table'>,
  { organization, projectId }: Pick<HeardIncident, 'organization' | 'projectId'>,
  rule: Pick<AlertRule, 'triggers'> | undefined,
  destinations: readonly Destination[],
): Promise<Destination[]> {
  const people = destinations.filter((one) => one.kind === 'person');
  if (people.length === 0) return [...destinations];
  const userIds = people.map(({ userId }) => userId);
  const [reaches, { found }] = await lookUp(table, [
    reachesLookup(organization, userIds),
    projectsLookup(organization, [projectId]),
  ]);
  const [project] = found;
  const named = peopleNamedBy(rule);
  return destinations.map((one): Destination => {
    if (one.kind !== 'person') return one;
    const reach = reaches.get(one.userId);
    const isNamed = named.has(one.userId);
    if (reach !== undefined && (isNamed || (project !== undefined && reach(project.team)))) return one;
    const reason = isNamed ? messages.personLeft : messages.personWithoutReach(one.name);
    return { kind: 'nobody', action: { type: 'user', id: one.userId }, reason };
  });
}
