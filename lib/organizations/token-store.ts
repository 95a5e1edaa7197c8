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
  /** The end of its text, to tell tokens apart. */
  lastCharacters: z.string().optional(),
  /** When it was last used, to ten minutes, and for which project. */
  lastUsedAt: z.string().optional(),
  lastProjectId: z.string().optional(),
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

/**
 * Notes that a token was used, unless that was noted after `notedBefore` (ISO 8601) for the same project.
 * @throws ConditionFailedError when it was, or when the token is gone
 */
export async function noteUse(
  table: Table,
  hash: string,
  use: Pick<StoredToken, 'lastProjectId'> & { readonly lastUsedAt: string },
  notedBefore: string,
): Promise<void> {
  const { lastUsedAt, lastProjectId } = use;
  const outdated = 'attribute_not_exists(lastUsedAt) OR lastUsedAt <= :notedBefore';
  const project = lastProjectId !== undefined;
  await table.update(
    tokenItem.key(hash),
    {
      expression: `SET lastUsedAt = :now${project ? ', lastProjectId = :project' : ''}`,
      values: { ':now': lastUsedAt, ...(project && { ':project': lastProjectId }) },
    },
    {
      expression: `attribute_exists(pk) AND (${outdated}${project ? ' OR attribute_not_exists(lastProjectId) OR lastProjectId <> :project' : ''})`,
      values: { ':notedBefore': notedBefore },
    },
  );
}

/** Forgets a token. @throws ConditionFailedError when it is gone already */
export async function deleteToken(table: Table, hash: string): Promise<void> {
  await table.write([{ delete: tokenItem.key(hash), onlyIf: isThere }]);
}
