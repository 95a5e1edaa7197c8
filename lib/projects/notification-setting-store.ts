import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Key, Table, WriteAction } from '../platform/table.ts';
import { notificationKinds, notificationValues } from './notification-words.ts';

const notificationSetting = z.object({
  organization: z.string(),
  ownerType: z.enum(['user', 'team']),
  ownerId: z.string(),
  /** Absent for all projects of the organization. */
  projectId: z.string().optional(),
  kind: z.enum(notificationKinds),
  value: z.enum(notificationValues),
});

/** How much somebody wants to be told of a kind, about one project or all. Who said nothing has none. */
export type NotificationSetting = z.infer<typeof notificationSetting>;

/** Whose settings: a person's or a team's, by ID. */
export type SettingOwner = Pick<NotificationSetting, 'organization' | 'ownerType' | 'ownerId'>;

/** What a setting is about. */
export type SettingAddress = SettingOwner & Pick<NotificationSetting, 'kind' | 'projectId'>;

const allProjects = '*';

const ownerName = ({ ownerType, ownerId }: SettingOwner): string => `${ownerType.toUpperCase()}#${ownerId}`;
const settingsOf = (owner: SettingOwner): string => `ORG#${owner.organization}#NOTIFICATIONS#${ownerName(owner)}`;
const settingsAbout = (projectId: string): string => `PROJECT#${projectId}#NOTIFICATIONS`;

const settingItem = itemType({
  name: 'notification setting',
  schema: notificationSetting,
  key: (at: SettingAddress) => ({ pk: settingsOf(at), sk: `${at.projectId ?? allProjects}#${at.kind}` }),
  address: (value): SettingAddress => value,
  index: (value): Record<string, string> =>
    value.projectId === undefined
      ? {}
      : { gsi1pk: settingsAbout(value.projectId), gsi1sk: `${ownerName(value)}#${value.kind}` },
});

/** All settings of a person or a team; those for all projects first. */
export async function readSettings(table: Table, owner: SettingOwner): Promise<NotificationSetting[]> {
  const items = await Array.fromAsync(table.queryAll({ partition: settingsOf(owner), consistent: true }));
  return items.map(settingItem.fromItem);
}

/** The settings at these addresses that there are, a hundred a request. */
export async function readSettingsAt(table: Table, at: readonly SettingAddress[]): Promise<NotificationSetting[]> {
  return (await table.batchGet(at.map(settingItem.key), { consistent: true })).map(settingItem.fromItem);
}

/** The step of a transaction that stores a setting. */
export function putSetting(setting: NotificationSetting): WriteAction {
  return { put: settingItem.toItem(setting) };
}

/** The step of a transaction that forgets a setting. */
export function deleteSetting(at: SettingAddress): WriteAction {
  return { delete: settingItem.key(at) };
}

/** Where some of the settings about a project stand, whoever's they are. */
export async function findSettingsAbout(table: Table, projectId: string, limit: number): Promise<Key[]> {
  const { items } = await table.query({ index: 'gsi1', partition: settingsAbout(projectId), limit });
  return items.map(({ pk, sk }) => ({ pk, sk }));
}
