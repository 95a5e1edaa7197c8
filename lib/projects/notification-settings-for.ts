import type { App } from '../platform/app.ts';
import { type NotificationSetting, readSettingsAt } from './notification-setting-store.ts';
import {
  defaultValue,
  type NotificationKind,
  type NotificationValue,
  notificationValues,
} from './notification-words.ts';

type Said = readonly Pick<NotificationSetting, 'projectId' | 'value'>[];

/**
 * How much each of these users wants to be told of a kind, when it is about these projects: what they said about a project,
 * else about all projects; who said nothing has what their teams said, and of several teams what tells most; else the
 * default. Of several projects, what tells them most. A hundred settings a request.
 */
export async function notificationSettingsFor(
  app: Pick<App, 'table'>,
  input: {
    readonly organization: string;
    readonly projectIds: readonly string[];
    readonly kind: NotificationKind;
    readonly userIds: readonly string[];
    /** IDs of the teams that each of the users is in. */
    readonly teamIds?: ReadonlyMap<string, readonly string[]>;
  },
): Promise<ReadonlyMap<string, NotificationValue>> {
  const { organization, projectIds, kind, teamIds = new Map<string, readonly string[]>() } = input;
  const userIds = [...new Set(input.userIds)];
  const teams = [...new Set(userIds.flatMap((userId) => teamIds.get(userId) ?? []))];
  const addressesOf = (ownerType: 'team' | 'user') => (ownerId: string) => {
    const owner = { organization, ownerType, ownerId, kind };
    return [owner, ...projectIds.map((projectId) => ({ ...owner, projectId }))];
  };
  const addresses = [...userIds.flatMap(addressesOf('user')), ...teams.flatMap(addressesOf('team'))];
  const settings = await readSettingsAt(app.table, addresses);
  const byOwner = Map.groupBy(settings, ({ ownerType, ownerId }) => `${ownerType} ${ownerId}`);
  const saidBy = (ownerType: 'team' | 'user', ownerId: string): Said => byOwner.get(`${ownerType} ${ownerId}`) ?? [];
  return new Map(
    userIds.map((userId) => {
      const byTeams = (teamIds.get(userId) ?? []).map((teamId) => saidBy('team', teamId));
      return [userId, effectiveValue(saidBy('user', userId), projectIds, kind, byTeams)];
    }),
  );
}

/** What holds for one user by their settings of this kind, and those of each of their teams. */
export function effectiveValue(
  settings: Said,
  projectIds: readonly string[],
  kind: NotificationKind,
  ofTeams: readonly Said[] = [],
): NotificationValue {
  const about = (projectId?: string): NotificationValue =>
    saidOf(settings, projectId) ?? most(ofTeams.map((said) => saidOf(said, projectId))) ?? defaultValue(kind);
  return most(projectIds.map(about)) ?? about();
}

function saidOf(settings: Said, projectId: string | undefined): NotificationValue | undefined {
  const find = (wanted?: string) => settings.find((setting) => setting.projectId === wanted)?.value;
  return find(projectId) ?? find();
}

/** The one that tells most. */
function most(values: readonly (NotificationValue | undefined)[]): NotificationValue | undefined {
  return notificationValues.find((value) => values.includes(value));
}
