import * as z from 'zod';
import { scopes } from './scopes.ts';
import type { TokenDescription } from './token-description.ts';

/** An organization's token as our API shows it after it was made. */
export const orgAuthTokenJson = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    tokenLastCharacters: z
      .string()
      .nullable()
      .meta({ description: 'To tell tokens apart; null when it is older than this field.' }),
    dateCreated: z.string(),
    dateLastUsed: z.string().nullable().meta({ description: 'Noted every ten minutes at most.' }),
    projectLastUsed: z.string().nullable().meta({ description: 'ID of the project that it was last used for.' }),
    expiresAt: z.string().nullable(),
  })
  .meta({ id: 'OrgAuthToken' });

/** An organization's token as our API shows it after it was made. */
export type OrgAuthTokenJson = z.infer<typeof orgAuthTokenJson>;

/** The same with its text, which is shown once. */
export const newOrgAuthTokenJson = orgAuthTokenJson.extend({ token: z.string() }).meta({ id: 'NewOrgAuthToken' });

/** Shows a token without its text. */
export function serializeOrgAuthToken(token: TokenDescription): OrgAuthTokenJson {
  return {
    id: token.id,
    name: token.name,
    scopes: token.scopes,
    tokenLastCharacters: token.lastCharacters ?? null,
    dateCreated: token.createdAt,
    dateLastUsed: token.lastUsedAt ?? null,
    projectLastUsed: token.lastProjectId ?? null,
    expiresAt: token.validUntil ?? null,
  };
}
