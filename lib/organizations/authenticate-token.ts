import type { App } from '../platform/app.ts';
import type { Clock } from '../platform/clock.ts';
import { UnauthenticatedError } from '../platform/errors.ts';
import { type ExpiringCache, expiringCache } from '../platform/expiring-cache.ts';
import { messages } from './messages.ts';
import type { Scope } from './scopes.ts';
import { readToken, type StoredToken } from './token-store.ts';
import { looksLikeToken, tokenHash } from './token-text.ts';

/** Who is calling: an organization (a build, say), or a person on behalf of one. */
export interface Caller {
  readonly kind: 'organization' | 'personal';
  /** The slug of the organization for which the token was made. */
  readonly organization: string;
  /** The person; only of personal tokens. */
  readonly userId?: string;
  readonly scopes: readonly Scope[];
  readonly tokenId: string;
  /** Where the token is remembered; its text is nowhere. */
  readonly tokenHash: string;
  /** When the token expires, if it does. */
  readonly validUntil?: string;
}

/** Remembers tokens by hash, so that a busy client costs one read a minute. */
export type TokenCache = ExpiringCache<StoredToken>;

/** A cache for one process. A revoked token is therefore refused everywhere after a minute. */
export function tokenCache(clock: Clock): TokenCache {
  return expiringCache({ clock, maxAgeMs: 60_000, maxEntries: 1_000 });
}

/**
 * Finds out who is calling by the `Authorization` header, with one read at most. Whether the person of a personal token
 * is still a member is for the caller's next read to tell: `reachLookup` together with what else is read, or `requireMembership`.
 * @throws UnauthenticatedError when the token is missing, malformed, unknown, revoked or expired
 */
export async function authenticateToken(
  app: Pick<App, 'table' | 'clock'> & { readonly tokens: TokenCache },
  authorization: string | undefined,
): Promise<Caller> {
  if (authorization === undefined) throw new UnauthenticatedError(messages.tokenMissing);
  const text = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (text === undefined || !looksLikeToken(text)) throw new UnauthenticatedError(messages.tokenRefused);
  const token = await findToken(app, tokenHash(text));
  if (token === undefined) throw new UnauthenticatedError(messages.tokenRefused);
  if (token.validUntil !== undefined && Date.parse(token.validUntil) <= app.clock.now()) {
    throw new UnauthenticatedError(messages.tokenExpired);
  }
  const { kind, organization, userId, scopes, id, hash, validUntil } = token;
  return {
    kind,
    organization,
    ...(userId !== undefined && { userId }),
    scopes,
    tokenId: id,
    tokenHash: hash,
    ...(validUntil !== undefined && { validUntil }),
  };
}

/** Unknown tokens are not remembered: one that was just made works at once. */
async function findToken(
  app: Pick<App, 'table'> & { readonly tokens: TokenCache },
  hash: string,
): Promise<StoredToken | undefined> {
  const known = app.tokens.get(hash);
  if (known !== undefined) return known;
  const token = await readToken(app.table, hash);
  if (token !== undefined) app.tokens.set(hash, token);
  return token;
}
