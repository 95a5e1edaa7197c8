import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Membership, membershipsLookup } from './memberships-lookup.ts';
import { type Organization, readOrganizations } from './organization-store.ts';
import { reachesEverything } from './roles.ts';

/** An organization with what somebody is in it who looks after it. */
export interface ManagedOrganization {
  readonly organization: Organization;
  readonly membership: Membership;
}

/**
 * The organizations of which a user is manager or owner. All organizations of the installation are asked, which are few: nothing
 * tells from a user to organizations.
 */
export async function listManagedOrganizations(
  app: Pick<App, 'table'>,
  userId: string,
): Promise<ManagedOrganization[]> {
  const organizations = await readOrganizations(app.table);
  const [memberships] = await lookUp(app.table, [
    membershipsLookup(
      userId,
      organizations.map(({ slug }) => slug),
    ),
  ]);
  return memberships.filter(reachesEverything).flatMap((membership) => {
    const organization = organizations.find(({ slug }) => slug === membership.organization);
    return organization === undefined ? [] : [{ organization, membership }];
  });
}
