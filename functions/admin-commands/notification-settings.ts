import * as z from 'zod';
import { findUserId, requireTeam } from '../../lib/organizations/index.ts';
import { InvalidFieldsError } from '../../lib/platform/errors.ts';
import { listNotificationSettings, type SettingOwner } from '../../lib/projects/index.ts';
import { type AdminApp, type Commands, command, inOrganization } from './command.ts';

const ownerInput = inOrganization.extend({ email: z.string().optional(), team: z.string().optional() });

/** What people and teams want to be told of. */
export const notificationSettingCommands: Commands = {
  'notification-setting.list': command(ownerInput, async (app, input) =>
    listNotificationSettings(app, await ownerOf(app, input)),
  ),
};

async function ownerOf(
  app: AdminApp,
  { organization, email, team }: z.infer<typeof ownerInput>,
): Promise<SettingOwner> {
  if (team !== undefined && email === undefined) {
    const { id } = await requireTeam(app, organization, team);
    return { organization, ownerType: 'team', ownerId: id };
  }
  const ownerId = email === undefined || team !== undefined ? undefined : await findUserId(app, email);
  if (ownerId === undefined) {
    throw new InvalidFieldsError({
      email: ['Name a person by an address that is known here, or a team, and not both.'],
    });
  }
  return { organization, ownerType: 'user', ownerId };
}
