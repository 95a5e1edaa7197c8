import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { ConfigurationError } from './config.ts';

/** What something is signed with: the configured key, and the one purpose that a key is derived from it for. */
export interface SigningKey {
  readonly key: string;
  /** What is signed for one purpose can never be taken for something else, although the configured key is the same. */
  readonly purpose: string;
}

/** Far longer than anything that we sign; nothing longer is hashed. */
const longestSignedText = 4_096;

/**
 * A text with its signature behind a dot, both in base64url: it needs no escaping in an address or a cookie.
 * @throws ConfigurationError without a usable key
 */
export function signText(text: string, signingKey: SigningKey): string {
  const encoded = Buffer.from(text).toString('base64url');
  return `${encoded}.${authenticationCode(encoded, signingKey)}`;
}

/**
 * The text that we signed for this purpose; undefined for anything else. Nothing of it is read before its signature holds.
 * @throws ConfigurationError without a usable key
 */
export function readSignedText(signed: string, signingKey: SigningKey): string | undefined {
  const [encoded = '', code = '', ...rest] = signed.length > longestSignedText ? [] : signed.split('.');
  if (encoded === '' || rest.length > 0) return undefined;
  if (!equalInConstantTime(code, authenticationCode(encoded, signingKey))) return undefined;
  return Buffer.from(encoded, 'base64url').toString('utf8');
}

/**
 * The HMAC-SHA256 of a text in base64url, with a key of this one purpose.
 * @throws ConfigurationError without a usable key
 */
export function authenticationCode(text: string, { key, purpose }: SigningKey): string {
  if (key.length < 16) throw new ConfigurationError('linkSigningKey must have at least 16 characters.');
  const derived = Buffer.from(hkdfSync('sha256', key, '', `postflow ${purpose}`, 32));
  return createHmac('sha256', derived).update(text).digest('base64url');
}

/** Compares what somebody sent with what is right, without telling by the time taken how much of it was right. */
export function equalInConstantTime(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  // The length of a code is no secret; its content is.
  return left.length === right.length && timingSafeEqual(left, right);
}
