import type { App } from '../platform/app.ts';
import { ForbiddenError, UnauthenticatedError } from '../platform/errors.ts';
import type { Caller } from './authenticate-token.ts';
import { readMember } from './member-store.ts';
import { messages } from './messages.ts';
import { isManaging } from './roles.ts';

/**
 * Lets a person pass who is manager or owner of the organization, and the organization's own tokens: who reaches everything
 * already. Tokens of an organization reach every project, so that whoever makes one must.
 * @throws ForbiddenError for other members, UnauthenticatedError when the person has left the organization
 */
export async function requireManager(app: Pick<App, 'table'>, caller: Caller): Promise<void> {
  if (caller.userId === undefined) return;
  const member = await readMember(app.table, caller.organization, caller.userId);
  if (member === undefined) throw new UnauthenticatedError(messages.memberGone);
  if (!isManaging(member.role)) throw new ForbiddenError(messages.managerNeeded);
}
