import type { App } from '../platform/app.ts';
import type { Lookup } from '../platform/lookup.ts';
import { type Member, memberKey, memberOf, readAllMembers } from './member-store.ts';
import type { Role } from './roles.ts';
import { readUsers, type User, userKey, userOf } from './user-store.ts';

/** A member with what the person is called. */
export interface MemberProfile {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[];
  readonly joinedAt: string;
  /** Issues that they fix become theirs when nobody has them. */
  readonly selfAssignIssues?: true;
}

const byText = (one: string, other: string): number => (one < other ? -1 : 1);

/** Joins what the organization and what the person says. */
export function memberProfile(member: Member, user: User): MemberProfile {
  const { userId, role, joinedAt } = member;
  return {
    userId,
    email: user.email,
    name: user.name,
    role,
    teams: [...(member.teams ?? [])].sort(byText),
    joinedAt,
    ...(user.selfAssignIssues === true && { selfAssignIssues: true }),
  };
}

/** All members of an organization by address. */
export async function listMembers(
  app: Pick<App, 'table'>,
  input: { readonly organization: string },
): Promise<MemberProfile[]> {
  const members = await readAllMembers(app.table, input.organization);
  const users = await readUsers(
    app.table,
    members.map(({ userId }) => userId),
  );
  const byId = new Map(members.map((member) => [member.userId, member]));
  return users
    .flatMap((user) => {
      const member = byId.get(user.id);
      return member === undefined ? [] : [memberProfile(member, user)];
    })
    .sort((one, other) => byText(one.email, other.email));
}

/** Asks for the profile of a user who may be a member of the organization. */
export function memberProfileLookup(
  organization: string,
  userId: string | undefined,
): Lookup<MemberProfile | undefined> {
  if (userId === undefined) return { keys: [], read: () => undefined };
  const keys = { member: memberKey(organization, userId), user: userKey(userId) };
  return {
    keys: [keys.member, keys.user],
    read(itemAt) {
      const member = itemAt(keys.member);
      const user = itemAt(keys.user);
      return member && user && memberProfile(memberOf(member), userOf(user));
    },
  };
}
