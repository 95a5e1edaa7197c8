import * as z from 'zod';
import { readSignedText, signText } from './signed-text.ts';

/** How long somebody stays signed in. */
export const sessionLifetimeSeconds = 7 * 24 * 60 * 60;

const purpose = 'session';

const sessionSchema = z.object({
  /** Names this one sign-in; every sign-in has another. */
  id: z.string().min(1),
  userId: z.string().min(1),
  email: z.string(),
  name: z.string().optional(),
  /** Who they are in Slack, where they have signed in with it. */
  slack: z.object({ teamId: z.string(), slackUserId: z.string() }).optional(),
  signedInAtSeconds: z.int(),
});

/** That somebody has signed in. It stands in their browser, signed by us, and nowhere else. */
export type Session = z.infer<typeof sessionSchema>;

/** Where they signed in stands in the text too: another provider may have said less of them, or somebody else. */
const signedSchema = sessionSchema.extend({ issuer: z.string() });

/** By which key, and for which provider of identities. */
export interface SessionSeal {
  readonly key: string;
  readonly issuer: string;
}

/** The session as a text for a cookie. @throws ConfigurationError without a usable key */
export function signSession(session: Session, { key, issuer }: SessionSeal): string {
  return signText(JSON.stringify({ ...session, issuer }), { key, purpose });
}

/** The session in a cookie, when we signed it, it still holds, and people still sign in there. @throws ConfigurationError without a usable key */
export function verifySession(
  text: string,
  { key, issuer, nowSeconds }: SessionSeal & { readonly nowSeconds: number },
): Session | undefined {
  const signed = readSignedText(text, { key, purpose });
  const found = signed === undefined ? undefined : signedSchema.safeParse(JSON.parse(signed)).data;
  if (found === undefined) return undefined;
  const { issuer: signedInAt, ...session } = found;
  if (signedInAt !== issuer || nowSeconds > session.signedInAtSeconds + sessionLifetimeSeconds) return undefined;
  return session;
}
