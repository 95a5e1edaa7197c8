import * as z from 'zod';
import type { RandomText } from './random-text.ts';
import { readSignedText, signText } from './signed-text.ts';

/** How long a link that we hand out can be opened: time to read a message and sign in, little for whoever finds it later. */
export const linkLifetimeSeconds = 30 * 60;

/** Clocks of two machines of ours differ by less than this; what was issued later than that was not issued by us. */
const clockSkewSeconds = 60;

/** Whatever else is signed with the configured key can never be taken for a link. */
const purposeOfKey = 'signed link';

const nonceAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 131 bits: nobody guesses one, and no two links have the same. */
const nonceCharacters = 22;

/** What a signed link is for, and what it carries: anything that JSON can say. Readable by whoever has it, so no secrets. */
export interface LinkContent<Parameters> {
  readonly purpose: string;
  readonly parameters: Parameters;
}

/** A link that is genuine, in time and for the purpose that was asked for. */
export interface VerifiedLink<Parameters> {
  /** Names this one link, so that what it does can be noted as done. */
  readonly id: string;
  readonly parameters: Parameters;
  /** Seconds since the Unix epoch; the last second at which it works. */
  readonly expiresAtSeconds: number;
}

/** Why a link does not work. `forged`: not signed by us, or changed on the way. */
export type LinkRefusal = 'forged' | 'expired' | 'other-purpose';

/** What checking a link tells. */
export type LinkVerdict<Parameters> = { readonly link: VerifiedLink<Parameters> } | { readonly refusal: LinkRefusal };

const payloadSchema = z.object({ p: z.string(), t: z.int(), n: z.string().min(1), d: z.unknown() });

/**
 * Signs what a link is to carry: the compact JSON and its HMAC-SHA256, both in base64url, which need no escaping in a path.
 * @throws ConfigurationError without a usable key
 */
export function signLink<Parameters>(
  content: LinkContent<Parameters>,
  {
    key,
    nowSeconds,
    randomText,
  }: { readonly key: string; readonly nowSeconds: number; readonly randomText: RandomText },
): string {
  const { purpose, parameters } = content;
  const payload = { p: purpose, t: nowSeconds, n: randomText(nonceAlphabet, nonceCharacters), d: parameters };
  return signText(JSON.stringify(payload), { key, purpose: purposeOfKey });
}

/**
 * Checks a link that somebody opened. Nothing of it is read before its signature holds. That it works once is for the
 * write that follows to see: it claims the link's `id`.
 * @throws ConfigurationError without a usable key
 */
export function verifyLink<S extends z.ZodType>(
  token: string,
  expected: { readonly purpose: string; readonly schema: S; readonly lifetimeSeconds?: number },
  { key, nowSeconds }: { readonly key: string; readonly nowSeconds: number },
): LinkVerdict<z.infer<S>> {
  const text = readSignedText(token, { key, purpose: purposeOfKey });
  if (text === undefined) return { refusal: 'forged' };
  const payload = payloadSchema.safeParse(JSON.parse(text));
  if (!payload.success || payload.data.t > nowSeconds + clockSkewSeconds) return { refusal: 'forged' };
  const { p: purpose, t: issuedAtSeconds, n: id, d } = payload.data;
  const expiresAtSeconds = issuedAtSeconds + (expected.lifetimeSeconds ?? linkLifetimeSeconds);
  if (nowSeconds > expiresAtSeconds) return { refusal: 'expired' };
  if (purpose !== expected.purpose) return { refusal: 'other-purpose' };
  const parameters = expected.schema.safeParse(d);
  // Signed by us, but before an upgrade that wants other parameters: as good as an old one.
  if (!parameters.success) return { refusal: 'expired' };
  return { link: { id, parameters: parameters.data, expiresAtSeconds } };
}
