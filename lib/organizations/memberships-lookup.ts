import type { Lookup } from '../platform/lookup.ts';
import { isSlug } from '../platform/slug.ts';
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
