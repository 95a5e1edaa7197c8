import { memberProfileLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { findPersonInSlack, findTeamChannels } from '../slack/index.ts';
import type { AlertAction } from './alert-rule-store.ts';
import type { Destination } from './destination.ts';
import { messages } from './messages.ts';

type Action<Type extends AlertAction['type']> = Extract<AlertAction, { readonly type: Type }>;

/**
 * Where the actions of a rule lead at this moment. Called only when something is to be told: people link themselves and
 * teams move to other channels meanwhile. Who cannot be told is named with the reason.
 */
export async function resolveDestinations(
  app: Pick<App, 'table'>,
  organization: string,
  actions: readonly AlertAction[],
): Promise<Destination[]> {
  const resolved = await Promise.all(actions.map((action) => resolve(app, organization, action)));
  return resolved.flat();
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
