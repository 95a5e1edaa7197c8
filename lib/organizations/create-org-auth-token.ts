import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { ForbiddenError, InvalidFieldsError } from '../platform/errors.ts';
import type { Caller } from './authenticate-token.ts';
import { createToken, type NewToken } from './create-token.ts';
import { messages } from './messages.ts';
import { scopes } from './scopes.ts';

const maxNameCharacters = 64;

/** The body that asks for a new token of an organization. */
export const orgAuthTokenBody = z.object({
  name: z
    .string()
    .trim()
    .min(1, messages.tokenNameNeeded)
    .refine((name) => [...name].length <= maxNameCharacters, messages.tokenNameTooLong)
    .refine((name) => name.isWellFormed(), messages.notText),
  scopes: z
    .array(z.enum(scopes, messages.scopeUnknown))
    .min(1, messages.scopesNeeded)
    .default(['org:ci'])
    .transform((list) => [...new Set(list)]),
  expiresAt: z.iso.datetime({ offset: true, error: messages.momentInvalid }).nullish(),
});

/**
 * Makes a token of an organization for a caller, who can give away no more than they have themselves: no other scopes,
 * and not for longer than their own token lasts, which is how long the new one lasts when nothing is said.
 * @throws ForbiddenError for other scopes; InvalidFieldsError for a moment that has passed or lies behind the end of the
 * caller's own token
 */
export async function createOrgAuthToken(
  app: Pick<App, 'table' | 'ids' | 'clock'> & { readonly publicUrl: string },
  { caller, body }: { readonly caller: Caller; readonly body: z.infer<typeof orgAuthTokenBody> },
): Promise<NewToken> {
  const { name } = body;
  const expiresAt = body.expiresAt ?? caller.validUntil;
  const beyond = body.scopes.filter((scope) => !caller.scopes.includes(scope));
  if (beyond.length > 0) throw new ForbiddenError(messages.scopesBeyondOwn(beyond));
  if (expiresAt && Date.parse(expiresAt) <= app.clock.now()) {
    throw new InvalidFieldsError({ expiresAt: [messages.validUntilPassed] });
  }
  if (caller.validUntil !== undefined && expiresAt && Date.parse(expiresAt) > Date.parse(caller.validUntil)) {
    throw new InvalidFieldsError({ expiresAt: [messages.validBeyondOwn(caller.validUntil)] });
  }
  return createToken(app, {
    organization: caller.organization,
    name,
    kind: 'organization',
    scopes: body.scopes,
    ...(expiresAt && { validUntil: expiresAt }),
  });
}
