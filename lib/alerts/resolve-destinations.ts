import { memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { findPersonInSlack, findTeamChannels } from '../slack/index.ts';
import type { AlertAction, AlertRule } from './alert-rule-store.ts';
import type { Destination } from './destination.ts';
import { messages } from './messages.ts';
import { isSnoozed, personalSnoozesLookup } from './rules/rule-snooze-store.ts';
import { type HeardIncident, subscribersToTell } from './who-may-hear.ts';

type ResolvingApp = Pick<App, 'table' | 'clock'>;
type Action<Type extends AlertAction['type']> = Extract<AlertAction, { readonly type: Type }>;

/**
 * Where the actions of a rule lead at this moment. Called only when something is to be told: people link themselves and
 * teams move to other channels meanwhile. Who cannot be told is named with the reason.
 */
export async function resolveDestinations(
  app: ResolvingApp,
  rule: Pick<AlertRule, 'id' | 'organization'>,
  actions: readonly AlertAction[],
): Promise<Destination[]> {
  const resolved = await Promise.all(actions.map((action) => resolve(app, rule.organization, action)));
  return withoutSnoozed(app, rule, resolved.flat());
}

/** The same, but for people who want to hear nothing of the rule at the moment: they are named with that as the reason. */
export async function withoutSnoozed(
  { table, clock }: ResolvingApp,
  { id: ruleId }: Pick<AlertRule, 'id'>,
  destinations: readonly Destination[],
): Promise<Destination[]> {
  const people = destinations.filter((one) => one.kind === 'person');
  if (people.length === 0) return [...destinations];
  const [snoozes] = await lookUp(table, [personalSnoozesLookup(people.map(({ userId }) => ({ ruleId, userId })))]);
  const quiet = new Set(snoozes.filter((one) => isSnoozed(one, clock.now())).map(({ userId }) => userId));
  return destinations.map((one): Destination => {
    if (one.kind !== 'person' || !quiet.has(one.userId)) return one;
    const action = { type: 'user', id: one.userId };
    return { kind: 'nobody', action, reason: messages.personSnoozed(one.name) };
  });
}

/** To find where somebody is takes reads of their own, and an evaluation has a minute. */
const mostSubscribers = 40;

/**
 * Where those are who want to hear of an incident, beside those whom its rule names. Who is in no workspace of the organization,
 * reaches the project no more, or wants to hear nothing of the rule, reads of it on its page if at all.
 */
export async function resolveSubscribers(
  app: ResolvingApp,
  incident: HeardIncident,
  { except }: { readonly except?: string | undefined } = {},
): Promise<Destination[]> {
  const subscribers = await subscribersToTell(app, incident, except);
  const wanted = subscribers.slice(0, mostSubscribers);
  const resolved = await Promise.all(
    wanted.map((userId) => person(app, incident.organization, { type: 'user', userId })),
  );
  const found = resolved.filter(({ kind }) => kind === 'person');
  const more = subscribers.length - wanted.length;
  if (more === 0) return found;
  const action = { type: 'subscribers', id: String(more) };
  return [...found, { kind: 'nobody', action, reason: messages.tooManySubscribers(more) }];
}

async function resolve(app: Pick<App, 'table'>, organization: string, action: AlertAction): Promise<Destination[]> {
  switch (action.type) {
    case 'slack': {
      const { teamId, channelId, channelName } = action;
      return [{ kind: 'channel', teamId, channelId, channelName }];
    }
    case 'user':
      return [await person(app, organization, action)];
    case 'team':
      return team(app, organization, action);
    case 'webhook':
      return [{ kind: 'webhook', url: action.url, sealedSecret: action.sealedSecret }];
  }
}

async function person(app: Pick<App, 'table'>, organization: string, { userId }: Action<'user'>): Promise<Destination> {
  const [[member], inSlack] = await Promise.all([
    lookUp(app.table, [memberProfileLookup(organization, userId)]),
    findPersonInSlack(app, { organization, userId }),
  ]);
  const action = { type: 'user', id: userId };
  if (member === undefined) return { kind: 'nobody', action, reason: messages.personLeft };
  if (inSlack === undefined) return { kind: 'nobody', action, reason: messages.personNotLinked(member.name) };
  return { kind: 'person', ...inSlack, userId, name: member.name };
}

async function team(app: Pick<App, 'table'>, organization: string, { team: slug }: Action<'team'>) {
  const channels = await findTeamChannels(app, { organization, team: slug });
  if (channels.length === 0) {
    return [{ kind: 'nobody', action: { type: 'team', id: slug }, reason: messages.teamWithoutChannel(slug) } as const];
  }
  return channels.map(
    ({ teamId, channelId, name }): Destination => ({ kind: 'channel', teamId, channelId, channelName: name }),
  );
}
