import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { messages } from './messages.ts';
import { type Organization, readOrganization, readOrganizations } from './organization-store.ts';

/** All organizations of this installation. */
export async function listOrganizations(app: Pick<App, 'table'>): Promise<Organization[]> {
  return readOrganizations(app.table);
}

/** The organization with this slug. @throws NotFoundError */
export async function requireOrganization(app: Pick<App, 'table'>, slug: string): Promise<Organization> {
  const organization = await readOrganization(app.table, slug);
  if (organization === undefined) throw new NotFoundError(messages.organizationUnknown(slug));
  return organization;
}
