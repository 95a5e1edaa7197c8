import type { App } from '../platform/app.ts';
import { ForbiddenError, UnauthenticatedError } from '../platform/errors.ts';
import type { Lookup } from '../platform/lookup.ts';
import type { Caller } from './authenticate-token.ts';
import { memberKey, memberOf, readMember } from './member-store.ts';
import { messages } from './messages.ts';
import { reachesEverything, reachesTeam } from './roles.ts';
import type { Scope } from './scopes.ts';
import { readUser } from './user-store.ts';

/** Tells whether a caller reaches a project by the slug of the team that the project belongs to, if any. */
export type Reach = (team: string | undefined) => boolean;

/**
 * Asks what a caller reaches. An organization's token reaches everything; a person what their role and teams allow.
 * Reading the answer throws UnauthenticatedError when the person has left the organization.
 */
export function reachLookup(caller: Pick<Caller, 'organization' | 'userId'>): Lookup<Reach> {
  return lookupOfMember<Reach>(
    caller,
    () => true,
    (member) => (team) => reachesTeam(member, team),
  );
}

/** Asks whether a caller reaches everything; reading the answer throws as above. */
export function wholeReachLookup(caller: Pick<Caller, 'organization' | 'userId'>): Lookup<boolean> {
  return lookupOfMember(caller, true, reachesEverything);
}

function lookupOfMember<Value>(
  { organization, userId }: Pick<Caller, 'organization' | 'userId'>,
  ofNobody: Value,
  ofMember: (member: ReturnType<typeof memberOf>) => Value,
): Lookup<Value> {
  if (userId === undefined) return { keys: [], read: () => ofNobody };
  const key = memberKey(organization, userId);
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      if (item === undefined) throw new UnauthenticatedError(messages.memberGone);
      return ofMember(memberOf(item));
    },
  };
}

/** Asks what each of these people reaches, by their IDs; who is no member, or is one no more, is missing. */
export function reachesLookup(organization: string, userIds: readonly string[]): Lookup<ReadonlyMap<string, Reach>> {
  const keys = userIds.map((userId) => memberKey(organization, userId));
  return {
    keys,
    read: (itemAt) =>
      new Map(
        keys
          .flatMap((key) => itemAt(key) ?? [])
          .map(memberOf)
          .map((member) => [member.userId, (team) => reachesTeam(member, team)]),
      ),
  };
}

/** For doors that read nothing else. @throws UnauthenticatedError when the person has left the organization */
export async function requireMembership(app: Pick<App, 'table'>, caller: Caller): Promise<void> {
  if (caller.userId === undefined) return;
  const member = await readMember(app.table, caller.organization, caller.userId);
  if (member === undefined) throw new UnauthenticatedError(messages.memberGone);
}

/**
 * For what reaches the whole organization, such as its tokens: whoever made one would reach with it what they do not.
 * @throws ForbiddenError when the person does not reach everything, UnauthenticatedError when they have left
 */
export async function requireWholeReach(app: Pick<App, 'table'>, caller: Caller): Promise<void> {
  if (caller.userId === undefined) return;
  const member = await readMember(app.table, caller.organization, caller.userId);
  if (member === undefined) throw new UnauthenticatedError(messages.memberGone);
  if (!reachesEverything(member)) throw new ForbiddenError(messages.wholeReachNeeded);
}

/** Who is calling, as the caller may know it. */
export interface CallerDescription {
  readonly user: { readonly id: string; readonly email: string } | null;
  readonly auth: { readonly scopes: readonly Scope[] };
}

/** Describes the caller to the caller. @throws UnauthenticatedError when the person has left the organization */
export async function describeCaller(app: Pick<App, 'table'>, caller: Caller): Promise<CallerDescription> {
  const auth = { scopes: caller.scopes };
  if (caller.userId === undefined) return { user: null, auth };
  const [user] = await Promise.all([readUser(app.table, caller.userId), requireMembership(app, caller)]);
  if (user === undefined) throw new UnauthenticatedError(messages.memberGone);
  return { user: { id: user.id, email: user.email }, auth };
}
