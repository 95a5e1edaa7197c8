import { ForbiddenError } from '../platform/errors.ts';
import type { Caller } from './authenticate-token.ts';
import { messages } from './messages.ts';
import type { Scope } from './scopes.ts';

/** Lets a caller pass who acts for this organization and has one of the scopes; any will do for none. @throws ForbiddenError */
export function requireScope(caller: Caller, organization: string, anyOf: readonly Scope[]): void {
  if (caller.organization !== organization) throw new ForbiddenError(messages.otherOrganization);
  if (anyOf.length === 0) return;
  if (!anyOf.some((scope) => caller.scopes.includes(scope))) throw new ForbiddenError(messages.scopeMissing(anyOf));
}
