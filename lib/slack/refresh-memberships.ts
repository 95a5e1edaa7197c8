import { isDeepStrictEqual } from 'node:util';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { identityLookup, readAccounts, saveCopies } from './identity-store.ts';
import { readPerson } from './read-person.ts';
import { workspaceLookup } from './workspace-store.ts';

/**
 * Brings the copies of a Slack identity (address, roles, teams) to what the organizations say now.
 * @returns whether they were out of date
 */
export async function refreshMemberships(
  app: Pick<App, 'table'>,
  { teamId, slackUserId }: { readonly teamId: string; readonly slackUserId: string },
): Promise<boolean> {
  const [workspace, identity] = await lookUp(app.table, [workspaceLookup(teamId), identityLookup(teamId, slackUserId)]);
  if (workspace === undefined || identity === undefined) return false;
  const person = await readPerson(app, workspace, identity.userId);
  // Who is in none of the organizations any more keeps the address, and may do nothing.
  const email = person?.email ?? identity.email;
  const memberships = person?.memberships ?? [];
  if (email === identity.email && isDeepStrictEqual(memberships, identity.memberships)) return false;
  await saveCopies(app.table, { ...identity, email, memberships });
  return true;
}

/** Does so in every workspace in which a user is somebody: for whoever has changed a role, a team or a membership. */
export async function refreshMembershipsOf(
  app: Pick<App, 'table'>,
  { userId }: { readonly userId: string },
): Promise<void> {
  for (const account of await readAccounts(app.table, userId)) await refreshMemberships(app, account);
}
