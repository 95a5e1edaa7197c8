import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { InvalidFieldsError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { emailSchema } from './email.ts';
import { readMember } from './member-store.ts';
import { messages } from './messages.ts';
import { scopes } from './scopes.ts';
import { type TokenDescription, tokenDescription } from './token-description.ts';
import { insertToken } from './token-store.ts';
import { organizationTokenText, personalTokenText, secretBytes, tokenHash } from './token-text.ts';
import { readUserId } from './user-store.ts';

/** So many characters of a token are shown afterwards, to tell tokens apart. */
const shownCharacters = 4;

/** What a new token needs; a personal one says whose it is. */
export const tokenInput = z.strictObject({
  organization: z.string(),
  name: z.string().trim().min(1).max(64),
  kind: z.enum(['organization', 'personal']),
  scopes: z.array(z.enum(scopes, 'Unknown scope.')).transform((list) => [...new Set(list)]),
  email: emailSchema.optional(),
  validUntil: z.iso.datetime({ offset: true, error: 'Write a moment such as 2027-01-31T12:00:00Z.' }).optional(),
});

/** The text of the token, which is shown this once, and what is remembered of it. */
export type NewToken = { readonly token: string } & TokenDescription;

/**
 * Makes a token for an existing organization.
 * @throws InvalidFieldsError when it is nobody's, a stranger's or expired from the start
 */
export async function createToken(
  app: Pick<App, 'table' | 'ids' | 'clock'> & { readonly publicUrl: string },
  input: z.infer<typeof tokenInput>,
): Promise<NewToken> {
  const now = app.clock.now();
  const { organization, name, kind } = input;
  const validUntil = input.validUntil === undefined ? undefined : Date.parse(input.validUntil);
  if (validUntil !== undefined && validUntil <= now) {
    throw new InvalidFieldsError({ validUntil: [messages.validUntilPassed] });
  }
  const userId = await ownerOf(app, input);
  const secret = randomBytes(secretBytes);
  const text =
    kind === 'personal'
      ? personalTokenText(secret)
      : organizationTokenText({ issuedAtMs: now, url: app.publicUrl, organization }, secret);
  const described = {
    name,
    kind,
    organization,
    ...(userId !== undefined && { userId }),
    scopes: input.scopes,
    createdAt: isoTime(now),
    ...(validUntil !== undefined && { validUntil: isoTime(validUntil) }),
    hash: tokenHash(text),
    lastCharacters: text.slice(-shownCharacters),
  };
  return saveWithSnowflakeId(app.ids, 'token', async (id) => {
    const token = { id, ...described };
    await insertToken(app.table, token);
    return { token: text, ...tokenDescription(token) };
  });
}

async function ownerOf(app: Pick<App, 'table'>, input: z.infer<typeof tokenInput>): Promise<string | undefined> {
  const { kind, email, organization } = input;
  if (kind === 'organization') {
    if (email !== undefined) throw new InvalidFieldsError({ email: [messages.emailUnwanted] });
    return undefined;
  }
  if (email === undefined) throw new InvalidFieldsError({ email: [messages.emailNeeded] });
  const userId = await readUserId(app.table, email);
  if (userId === undefined || (await readMember(app.table, organization, userId)) === undefined) {
    throw new InvalidFieldsError({ email: [messages.notMember] });
  }
  return userId;
}
