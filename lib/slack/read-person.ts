import { memberProfileLookup, membershipsLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Identity } from './identity-store.ts';
import { loadOrganizationsOf, type Workspace } from './workspace-store.ts';

/** What a user of ours is in the organizations that a workspace serves; what an identity has copies of. */
export type Person = Pick<Identity, 'email' | 'memberships'>;

/** Reads who a user is for a workspace, as it stands now; undefined for who is in none of its organizations. */
export async function readPerson(
  app: Pick<App, 'table'>,
  workspace: Workspace,
  userId: string,
): Promise<Person | undefined> {
  const organizations = await loadOrganizationsOf(app, workspace);
  const [memberships, ...profiles] = await lookUp(app.table, [
    membershipsLookup(userId, organizations),
    ...organizations.map((organization) => memberProfileLookup(organization, userId)),
  ]);
  const email = profiles.find((profile) => profile !== undefined)?.email;
  if (email === undefined) return undefined;
  return {
    email,
    memberships: memberships.map(({ organization, role, teams, adminOf }) => ({
      organization,
      role,
      teams: [...teams],
      adminOf: [...adminOf],
    })),
  };
}
