import { memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { findPersonInSlack, findTeamChannels } from '../slack/index.ts';
import type { AlertAction } from './alert-rule-store.ts';
import type { Destination } from './destination.ts';
import { loadSubscribers } from './incident-talk-store.ts';
import { messages } from './messages.ts';
import { isSnoozed, personalSnoozesLookup } from './rules/rule-snooze-store.ts';

type Action<Type extends AlertAction['type']> = Extract<AlertAction, { readonly type: Type }>;

type DestinationApp = Pick<App, 'table' | 'clock'>;

/** Which rule something is told of. */
export interface ToldRule {
  readonly organization: string;
  readonly ruleId: string;
}

/** A transaction takes a hundred writes, and those whom the rule names come first. */
const mostSubscribers = 40;

/**
 * Where the actions of a rule lead at this moment. Called only when something is to be told: people link themselves and
 * teams move to other channels meanwhile. Who cannot be told is named with the reason.
 */
export async function resolveDestinations(
  app: DestinationApp,
  rule: ToldRule,
  actions: readonly AlertAction[],
): Promise<Destination[]> {
  const resolved = await Promise.all(actions.map((action) => resolve(app, rule, action)));
  return resolved.flat();
}

/**
 * Where those are who want to hear of an incident, beside those whom its rule names. Who is in no workspace of the organization, or
 * wants no messages of the rule, reads of it on its page.
 */
export async function resolveSubscribers(
  app: DestinationApp,
  rule: ToldRule,
  { identifier, except }: { readonly identifier: number; readonly except?: string | undefined },
): Promise<Destination[]> {
  const subscribers = await loadSubscribers(app, { organization: rule.organization, identifier });
  const wanted = subscribers.filter((userId) => userId !== except).slice(0, mostSubscribers);
  const resolved = await Promise.all(wanted.map((userId) => person(app, rule, { type: 'user', userId })));
  return resolved.filter(({ kind }) => kind === 'person');
}

async function resolve(app: DestinationApp, rule: ToldRule, action: AlertAction): Promise<Destination[]> {
  switch (action.type) {
    case 'slack': {
      const { teamId, channelId, channelName } = action;
      return [{ kind: 'channel', teamId, channelId, channelName }];
    }
    case 'user':
      return [await person(app, rule, action)];
    case 'team':
      return team(app, rule.organization, action);
    case 'webhook':
      return [{ kind: 'webhook', url: action.url, sealedSecret: action.sealedSecret }];
  }
}

async function person(
  app: DestinationApp,
  { organization, ruleId }: ToldRule,
  { userId }: Action<'user'>,
): Promise<Destination> {
  const [[member, [snooze]], inSlack] = await Promise.all([
    lookUp(app.table, [memberProfileLookup(organization, userId), personalSnoozesLookup([{ ruleId, userId }])]),
    findPersonInSlack(app, { organization, userId }),
  ]);
  const action = { type: 'user', id: userId };
  if (member === undefined) return { kind: 'nobody', action, reason: messages.personLeft };
  if (inSlack === undefined) return { kind: 'nobody', action, reason: messages.personNotLinked(member.name) };
  if (isSnoozed(snooze, app.clock.now()))
    return { kind: 'nobody', action, reason: messages.personSnoozed(member.name) };
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
