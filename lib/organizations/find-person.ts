import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { emailSchema } from './email.ts';
import { membershipsLookup } from './memberships-lookup.ts';
import { readOrganizations } from './organization-store.ts';
import { readUser, readUserId } from './user-store.ts';

/** Somebody who is a member somewhere. */
export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

/** The person with this address, if they are a member of any organization. */
export async function findPerson(app: Pick<App, 'table'>, email: string): Promise<Person | undefined> {
  const address = emailSchema.safeParse(email);
  const userId = address.success ? await readUserId(app.table, address.data) : undefined;
  if (userId === undefined) return undefined;
  const [user, organizations] = await Promise.all([readUser(app.table, userId), readOrganizations(app.table)]);
  const [memberships] = await lookUp(app.table, [
    membershipsLookup(
      userId,
      organizations.map(({ slug }) => slug),
    ),
  ]);
  if (user === undefined || memberships.length === 0) return undefined;
  return { userId, email: user.email, name: user.name };
}
