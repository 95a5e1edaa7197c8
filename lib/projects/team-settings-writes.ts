import type { App } from '../platform/app.ts';
import type { WriteAction } from '../platform/table.ts';
import { deleteSetting, putSetting, readSettings } from './notification-setting-store.ts';

/** What becomes of the settings of a team: `switch-on` has it told of alerts always, `remove` forgets all that it said. */
export interface TeamSettingsChange {
  readonly what: 'switch-on' | 'remove';
  readonly organization: string;
  readonly ownerType: 'team';
  readonly ownerId: string;
}

/** A transaction has a hundred steps, and this is a part of one; what is left says nothing while the team has no channel. */
const mostRemoved = 60;

/** The steps of a transaction that change the notification settings of a team together with what it is changed for. */
export async function teamSettingsWrites(
  app: Pick<App, 'table'>,
  { what, ...owner }: TeamSettingsChange,
): Promise<readonly WriteAction[]> {
  if (what === 'switch-on') return [putSetting({ ...owner, kind: 'alert', value: 'always' })];
  return (await readSettings(app.table, owner)).slice(0, mostRemoved).map(deleteSetting);
}

/** Whether a user has said in any of these organizations what they want to be told of. */
export async function hasNotificationSettings(
  app: Pick<App, 'table'>,
  { userId, organizations }: { readonly userId: string; readonly organizations: readonly string[] },
): Promise<boolean> {
  const owners = organizations.map((organization) => ({ organization, ownerType: 'user', ownerId: userId }) as const);
  const said = await Promise.all(owners.map((owner) => readSettings(app.table, owner)));
  return said.some((settings) => settings.length > 0);
}
