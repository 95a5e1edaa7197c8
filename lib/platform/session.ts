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

/** The session as a text for a cookie. @throws ConfigurationError without a usable key */
export function signSession(session: Session, key: string): string {
  return signText(JSON.stringify(session), { key, purpose });
}

/** The session in a cookie, when we signed it and it still holds. @throws ConfigurationError without a usable key */
export function verifySession(
  text: string,
  { key, nowSeconds }: { readonly key: string; readonly nowSeconds: number },
): Session | undefined {
  const signed = readSignedText(text, { key, purpose });
  const session = signed === undefined ? undefined : sessionSchema.safeParse(JSON.parse(signed)).data;
  if (session === undefined || nowSeconds > session.signedInAtSeconds + sessionLifetimeSeconds) return undefined;
  return session;
}
