import { type Caller, requirePerson, requireReachedTeam } from '../lib/organizations/index.ts';
import {
  changeNotificationSettings,
  listNotificationSettings,
  type ReachesTeam,
  type SettingOwner,
} from '../lib/projects/index.ts';
import * as endpoints from './api-endpoints/notification-settings.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { apiParts, apiSettings } from './middleware/api-parts.ts';
import { reachOf } from './middleware/reach.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = apiSettings;

interface Owner {
  readonly owner: SettingOwner;
  readonly reaches: ReachesTeam;
}

/** The calling person; the token says of which organization. */
async function person(app: ApiApp, caller: Caller): Promise<Owner> {
  const owner = { organization: caller.organization, ownerType: 'user', ownerId: requirePerson(caller) } as const;
  return { owner, reaches: await reachOf(app, caller) };
}

/** A team that the caller is in, or may speak for. */
async function team(
  app: ApiApp,
  caller: Caller,
  path: { readonly org: string; readonly team: string },
): Promise<Owner> {
  const { team: found, reach } = await requireReachedTeam(app, caller, path.org, path.team);
  return { owner: { organization: path.org, ownerType: 'team', ownerId: found.id }, reaches: reach };
}

/** What people and teams want to be told of. */
export const served = [
  serve(endpoints.getMyNotificationSettings, async (app: ApiApp, { caller }) => {
    const { owner } = await person(app, caller);
    return { status: 200, body: await listNotificationSettings(app, owner) };
  }),

  serve(endpoints.changeMyNotificationSettings, async (app: ApiApp, { caller, body: wishes }) => {
    const { owner, reaches } = await person(app, caller);
    await changeNotificationSettings(app, { owner, wishes, reaches });
    return { status: 200, body: await listNotificationSettings(app, owner) };
  }),

  serve(endpoints.getTeamNotificationSettings, async (app: ApiApp, { caller, path }) => {
    const { owner } = await team(app, caller, path);
    return { status: 200, body: await listNotificationSettings(app, owner) };
  }),

  serve(endpoints.changeTeamNotificationSettings, async (app: ApiApp, { caller, path, body: wishes }) => {
    const { owner, reaches } = await team(app, caller, path);
    await changeNotificationSettings(app, { owner, wishes, reaches });
    return { status: 200, body: await listNotificationSettings(app, owner) };
  }),
];

export const handler = apiDoor('notification-settings', served, appSource(settings, apiParts));
