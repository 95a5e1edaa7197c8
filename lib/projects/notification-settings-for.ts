import type { App } from '../platform/app.ts';
import { type NotificationSetting, readSettingsAt } from './notification-setting-store.ts';
import {
  defaultValue,
  type NotificationKind,
  type NotificationValue,
  notificationValues,
} from './notification-words.ts';

/**
 * How much each of these users wants to be told of a kind, when it is about these projects: what they said about a project,
 * else about all projects, else the default; of several projects, what tells them most. A hundred settings a request.
 */
export async function notificationSettingsFor(
  app: Pick<App, 'table'>,
  input: {
    readonly organization: string;
    readonly projectIds: readonly string[];
    readonly kind: NotificationKind;
    readonly userIds: readonly string[];
  },
): Promise<ReadonlyMap<string, NotificationValue>> {
  const { organization, projectIds, kind } = input;
  const userIds = [...new Set(input.userIds)];
  const addresses = userIds.flatMap((ownerId) => {
    const owner = { organization, ownerType: 'user', ownerId, kind } as const;
    return [owner, ...projectIds.map((projectId) => ({ ...owner, projectId }))];
  });
  const settings = await readSettingsAt(app.table, addresses);
  const byUser = Map.groupBy(settings, ({ ownerId }) => ownerId);
  return new Map(userIds.map((userId) => [userId, effectiveValue(byUser.get(userId) ?? [], projectIds, kind)]));
}

/** What holds for one user by their settings of this kind. */
export function effectiveValue(
  settings: readonly Pick<NotificationSetting, 'projectId' | 'value'>[],
  projectIds: readonly string[],
  kind: NotificationKind,
): NotificationValue {
  const about = (projectId?: string) => settings.find((setting) => setting.projectId === projectId)?.value;
  const otherwise = about() ?? defaultValue(kind);
  const values = projectIds.map((projectId) => about(projectId) ?? otherwise);
  return notificationValues.find((value) => values.includes(value)) ?? otherwise;
}
