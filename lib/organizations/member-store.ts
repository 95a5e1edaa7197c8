import * as z from 'zod';
import { ConflictError } from '../platform/errors.ts';
import { itemType } from '../platform/item-type.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import type { PageSource } from '../platform/pagination.ts';
import { prefixSource } from '../platform/prefix-source.ts';
import { isThere, type Key, notThere, type Table, type WriteAction } from '../platform/table.ts';
import { messages } from './messages.ts';
import { type Role, roles } from './roles.ts';

const member = z.object({
  organization: z.string(),
  userId: z.string(),
  role: z.enum(roles),
  /** Slugs of teams. A set in the table, which knows no empty ones: absent for nobody's team. */
  teams: z.set(z.string()).optional(),
  /** Slugs of those of their teams that they look after as the team's admin; absent for none. */
  adminOf: z.set(z.string()).optional(),
  joinedAt: z.string(),
});

/** A user's place in an organization. */
export type Member = z.infer<typeof member>;

const memberPrefix = 'MEMBER#';

const memberItem = itemType({
  name: 'member',
  schema: member,
  key: (at: { organization: string; userId: string }) => ({
    pk: `ORG#${at.organization}`,
    sk: `${memberPrefix}${at.userId}`,
  }),
  address: ({ organization, userId }) => ({ organization, userId }),
});

/** Where the member stands; for reads that take more than members. */
export const memberKey = (organization: string, userId: string): Key => memberItem.key({ organization, userId });

/** The member in an item that was read at `memberKey`. */
export const memberOf = memberItem.fromItem;

/** The member of the organization who is this user. */
export async function readMember(table: Table, organization: string, userId: string): Promise<Member | undefined> {
  const item = await table.get(memberKey(organization, userId), { consistent: true });
  return item && memberItem.fromItem(item);
}

/** Which of these users are members. */
export async function readMembers(table: Table, organization: string, userIds: readonly string[]): Promise<Member[]> {
  const keys = userIds.map((userId) => memberKey(organization, userId));
  return (await table.batchGet(keys, { consistent: true })).map(memberItem.fromItem);
}

/** All members of the organization. */
export async function readAllMembers(table: Table, organization: string): Promise<Member[]> {
  const query = { partition: `ORG#${organization}`, beginsWith: memberPrefix, consistent: true };
  return (await Array.fromAsync(table.queryAll(query))).map(memberItem.fromItem);
}

/** The members of the organization for lists in pages, in an order that stays. */
export function memberSource(table: Table, organization: string): PageSource<Member> {
  return prefixSource(table, { partition: `ORG#${organization}`, prefix: memberPrefix }, memberItem.fromItem);
}

/** Stores a new member. @throws ConflictError when the user is one already */
export async function insertMember(table: Table, value: Member): Promise<void> {
  await orRefuse(
    table.put(memberItem.toItem(value), notThere),
    (why) => new ConflictError(messages.alreadyMember, why),
  );
}

/** The step of a transaction that takes a member into a team; it fails when there is no such member any more. */
export function joinTeam(organization: string, userId: string, team: string): WriteAction {
  return {
    update: memberKey(organization, userId),
    set: { expression: 'ADD #teams :team', names: { '#teams': 'teams' }, values: { ':team': new Set([team]) } },
    onlyIf: isThere,
  };
}

/** Gives a member another role. @throws ConditionFailedError for who is no member */
export async function saveRole(
  table: Table,
  at: { readonly organization: string; readonly userId: string },
  role: Role,
): Promise<void> {
  const set = { expression: 'SET #role = :role', names: { '#role': 'role' }, values: { ':role': role } };
  await table.update(memberItem.key(at), set, isThere);
}

/** Notes whether a member of a team is its admin. @throws ConditionFailedError for who is not in the team */
export async function saveTeamAdmin(
  table: Table,
  at: { readonly organization: string; readonly userId: string; readonly team: string },
  isAdmin: boolean,
): Promise<void> {
  await table.update(
    memberItem.key(at),
    {
      expression: `${isAdmin ? 'ADD' : 'DELETE'} #adminOf :teams`,
      names: { '#adminOf': 'adminOf' },
      values: { ':teams': new Set([at.team]) },
    },
    { expression: 'contains(#teams, :team)', names: { '#teams': 'teams' }, values: { ':team': at.team } },
  );
}
