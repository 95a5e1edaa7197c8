import { ForbiddenError } from '../platform/errors.ts';
import type { Caller } from './authenticate-token.ts';
import { messages } from './messages.ts';

/** The ID of the person who calls. @throws ForbiddenError when an organization's own token calls */
export function requirePerson(caller: Caller): string {
  if (caller.userId === undefined) throw new ForbiddenError(messages.personNeeded);
  return caller.userId;
}
