import type { App } from '../platform/app.ts';
import { ForbiddenError, UnauthenticatedError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Caller } from './authenticate-token.ts';
import { type MemberProfile, memberProfileLookup } from './member-profile.ts';
import { messages } from './messages.ts';

/** The ID of the person who calls. @throws ForbiddenError when an organization's own token calls */
export function requirePerson(caller: Caller): string {
  if (caller.userId === undefined) throw new ForbiddenError(messages.personNeeded);
  return caller.userId;
}

/**
 * The member who calls.
 * @throws ForbiddenError when an organization's own token calls, UnauthenticatedError when the person has left the organization
 */
export async function requireCallingMember(app: Pick<App, 'table'>, caller: Caller): Promise<MemberProfile> {
  const [member] = await lookUp(app.table, [memberProfileLookup(caller.organization, requirePerson(caller))]);
  if (member === undefined) throw new UnauthenticatedError(messages.memberGone);
  return member;
}
