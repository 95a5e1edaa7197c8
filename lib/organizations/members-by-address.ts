import { lookUp } from '../platform/lookup.ts';
import type { Table } from '../platform/table.ts';
import { type MemberProfile, memberProfileLookup } from './member-profile.ts';
import { readUserIds } from './user-store.ts';

/** The members of an organization who have one of these addresses, by address in lower case; fifty a request. */
export async function findMembersByAddress(
  app: { readonly table: Table },
  organization: string,
  addresses: readonly string[],
): Promise<Map<string, MemberProfile>> {
  if (addresses.length === 0) return new Map();
  const userIds = [...(await readUserIds(app.table, addresses))];
  if (userIds.length === 0) return new Map();
  const lookups = userIds.map(([, userId]) => memberProfileLookup(organization, userId));
  const members: readonly (MemberProfile | undefined)[] = await lookUp(app.table, lookups);
  return new Map(
    userIds.flatMap(([address], index) => {
      const member = members[index];
      return member === undefined ? [] : [[address, member] as const];
    }),
  );
}
