import * as z from 'zod';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import { isThere, type Key, notThere, type Table } from '../platform/table.ts';

const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  createdAt: z.string(),
  /** Whether issues that they fix become theirs when nobody has them. */
  selfAssignIssues: z.boolean().optional(),
});

/** A person; one person may belong to several organizations. */
export type User = z.infer<typeof user>;

const userItem = itemType({
  name: 'user',
  schema: user,
  key: (id: string) => ({ pk: `USER#${id}`, sk: 'USER' }),
  address: (value) => value.id,
});

/** Leads from an address to its user, and keeps two users from having the same one. */
const emailItem = itemType({
  name: 'e-mail pointer',
  schema: z.object({ email: z.string(), userId: z.string() }),
  key: (email: string) => ({ pk: `EMAIL#${email.toLowerCase()}`, sk: 'USER' }),
  address: (value) => value.email,
});

/** Where the user stands; for reads that take more than users. */
export const userKey = (id: string): Key => userItem.key(id);

/** The user in an item that was read at `userKey`. */
export const userOf = userItem.fromItem;

/** The user with this ID. */
export async function readUser(table: Table, id: string): Promise<User | undefined> {
  const item = await table.get(userItem.key(id), { consistent: true });
  return item && userItem.fromItem(item);
}

/** Several users at once, in no order. */
export async function readUsers(table: Table, ids: readonly string[]): Promise<User[]> {
  return (await table.batchGet(ids.map(userItem.key), { consistent: true })).map(userItem.fromItem);
}

/** The user ID for each of the addresses that has one; by address in lower case. */
export async function readUserIds(table: Table, emails: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const items = await table.batchGet(emails.map(emailItem.key), { consistent: true });
  return new Map(items.map(emailItem.fromItem).map(({ email, userId }) => [email, userId]));
}

/** The ID of the user with this address. */
export async function readUserId(table: Table, email: string): Promise<string | undefined> {
  const item = await table.get(emailItem.key(email), { consistent: true });
  return item && emailItem.fromItem(item).userId;
}

/** Notes whether issues that the user fixes become theirs when nobody has them. @throws ConditionFailedError for no user */
export async function saveSelfAssignment(table: Table, id: string, selfAssignIssues: boolean): Promise<void> {
  const set = {
    expression: 'SET #chosen = :chosen',
    names: { '#chosen': 'selfAssignIssues' },
    values: { ':chosen': selfAssignIssues },
  };
  await table.update(userItem.key(id), set, isThere);
}

/** Stores a new user, whose address is in lower case; `false` when the address belongs to somebody already. */
export async function insertUser(table: Table, value: User): Promise<boolean> {
  return happened(
    table.write([
      { put: userItem.toItem(value), onlyIf: notThere },
      { put: emailItem.toItem({ email: value.email, userId: value.id }), onlyIf: notThere },
    ]),
  );
}
