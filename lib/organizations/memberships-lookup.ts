import type { Lookup } from '../platform/lookup.ts';
import { isSlug } from '../platform/slug.ts';
import type { WriteAction } from '../platform/table.ts';
import { memberKey, memberOf } from './member-store.ts';
import type { Role } from './roles.ts';

/** What one person is in one organization. */
export interface Membership {
  readonly organization: string;
  readonly role: Role;
  /** Slugs of their teams, sorted. */
  readonly teams: readonly string[];
  /** Slugs of those of their teams whose admin they are, sorted. */
  readonly adminOf: readonly string[];
}

const byText = (one: string, other: string): number => (one < other ? -1 : 1);

/** Asks which of these organizations a user is a member of, and as what; the answer is sorted by organization. */
export function membershipsLookup(userId: string, organizations: Iterable<string>): Lookup<readonly Membership[]> {
  const keys = [...new Set(organizations)]
    .filter(isSlug)
    .sort(byText)
    .map((organization) => memberKey(organization, userId));
  return {
    keys,
    read: (itemAt) =>
      keys.flatMap((key) => {
        const item = itemAt(key);
        if (item === undefined) return [];
        const { organization, role, teams = [], adminOf = [] } = memberOf(item);
        return [{ organization, role, teams: [...teams].sort(byText), adminOf: [...adminOf].sort(byText) }];
      }),
  };
}

/**
 * The step of a transaction that fails when a member's role, or their being the admin of `team` where one is named, has changed
 * since it was read: who loses a role cannot act on it a moment later.
 */
export function membershipHolds(userId: string, membership: Membership, team?: string): WriteAction {
  const { organization, role, adminOf } = membership;
  const isAdmin = team !== undefined && adminOf.includes(team);
  return {
    check: memberKey(organization, userId),
    onlyIf: {
      expression: `#role = :role${isAdmin ? ' AND contains(#adminOf, :team)' : ''}`,
      names: { '#role': 'role', ...(isAdmin && { '#adminOf': 'adminOf' }) },
      values: { ':role': role, ...(isAdmin && { ':team': team }) },
    },
  };
}
