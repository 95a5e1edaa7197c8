import { createHash } from 'node:crypto';

/** Random bytes in a secret. */
export const secretBytes = 32;

const prefix = 'sntrys_';
/** Base64 with `+` and `/`, never `-` and `_`: clients find the secret behind the last `_`. */
const organizationToken = /^sntrys_[A-Za-z0-9+/]+={0,2}_[A-Za-z0-9+/]{43}$/;
const personalToken = /^[0-9a-f]{64}$/;

/**
 * An organization token. Clients read the address of this installation and the organization out of it, so that neither
 * has to be configured.
 */
export function organizationTokenText(
  about: { readonly issuedAtMs: number; readonly url: string; readonly organization: string },
  secret: Buffer,
): string {
  const claims = { iat: about.issuedAtMs / 1_000, url: about.url, region_url: about.url, org: about.organization };
  const secretText = secret.toString('base64').replace(/=+$/, '');
  return `${prefix}${Buffer.from(JSON.stringify(claims)).toString('base64')}_${secretText}`;
}

/** A personal token says nothing about itself. */
export function personalTokenText(secret: Buffer): string {
  return secret.toString('hex');
}

/** Whether a text can be one of our tokens at all; what cannot need not be looked for. */
export function looksLikeToken(text: string): boolean {
  return personalToken.test(text) || organizationToken.test(text);
}

/** The only form in which a token is stored. A token is random enough that no salt is needed. */
export function tokenHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
