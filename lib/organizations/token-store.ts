import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import { isThere, notThere, type Table } from '../platform/table.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { scopes } from './scopes.ts';

const token = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['organization', 'personal']),
  organization: z.string(),
  /** Whose it is; for personal tokens. */
  userId: z.string().optional(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  /** From this moment on it is refused; never, when absent. */
  validUntil: z.string().optional(),
  hash: z.string(),
});

/** A token as it is stored: without its text. */
export type StoredToken = z.infer<typeof token>;

const tokensOf = (organization: string): string => `ORG#${organization}#TOKENS`;

const tokenItem = itemType({
  name: 'API token',
  schema: token,
  key: (hash: string) => ({ pk: `TOKEN#${hash}`, sk: 'TOKEN' }),
  address: (value) => value.hash,
  index: (value) => ({ gsi1pk: tokensOf(value.organization), gsi1sk: `${value.createdAt}#${value.id}` }),
});

/** The token with this hash. Read consistently: a token works from the moment at which it is shown. */
export async function readToken(table: Table, hash: string): Promise<StoredToken | undefined> {
  const item = await table.get(tokenItem.key(hash), { consistent: true });
  return item && tokenItem.fromItem(item);
}

/** All tokens of the organization, oldest first. */
export async function readTokens(table: Table, organization: string): Promise<StoredToken[]> {
  const items = await Array.fromAsync(table.queryAll({ index: 'gsi1', partition: tokensOf(organization) }));
  return items.map(tokenItem.fromItem);
}

/** Stores a new token. @throws IdTakenError */
export async function insertToken(table: Table, value: StoredToken): Promise<void> {
  await writeWithId(table, 'token', value.id, [{ put: tokenItem.toItem(value), onlyIf: notThere }]);
}

/** Forgets a token. @throws ConditionFailedError when it is gone already */
export async function deleteToken(table: Table, hash: string): Promise<void> {
  await table.write([{ delete: tokenItem.key(hash), onlyIf: isThere }]);
}
