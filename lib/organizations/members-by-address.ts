import type { Table } from '../platform/table.ts';
import { readMembers } from './member-store.ts';
import { readUserIds } from './user-store.ts';

/** IDs of the members of an organization who have one of these addresses, by address in lower case; a hundred a request. */
export async function findMembersByAddress(
  app: { readonly table: Table },
  organization: string,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  if (addresses.length === 0) return new Map();
  const userIds = await readUserIds(app.table, addresses);
  if (userIds.size === 0) return new Map();
  const members = await readMembers(app.table, organization, [...userIds.values()]);
  const isMember = new Set(members.map(({ userId }) => userId));
  return new Map([...userIds].filter(([, userId]) => isMember.has(userId)));
}
