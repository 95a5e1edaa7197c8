import type { Release } from './release-record.ts';
import type { Changeable, Fillable, ReleaseChange } from './release-store.ts';

/** What a request says of a release, with names made into IDs. */
export interface ReleaseWish {
  /** Said of what is still empty. */
  readonly fill?: Readonly<Partial<Record<Fillable, string>>>;
  /** Said in place of whatever stands there; null clears. */
  readonly set?: Readonly<Partial<Record<Changeable, string | null>>>;
  readonly status?: Release['status'];
  readonly projectIds?: readonly string[];
}

/** What a wish changes about a release that is there; undefined when everything is as wished. */
export function planChange(standing: Release, wish: ReleaseWish): ReleaseChange | undefined {
  const fill = Object.fromEntries(
    Object.entries(wish.fill ?? {}).filter(([name]) => standing[name as Fillable] === undefined),
  );
  const set = Object.fromEntries(
    Object.entries(wish.set ?? {}).filter(([name, value]) => (standing[name as Changeable] ?? null) !== value),
  );
  const attach = (wish.projectIds ?? []).filter((id) => !standing.projectIds?.has(id));
  const status = wish.status === standing.status ? undefined : wish.status;
  const nothing = [fill, set].every((part) => Object.keys(part).length === 0);
  if (nothing && attach.length === 0 && status === undefined) return undefined;
  return { fill, set, attach, ...(status !== undefined && { status }) };
}

/** The release after the change. */
export function applyChange(standing: Release, { fill, set, status, attach }: ReleaseChange): Release {
  const projectIds = new Set([...(standing.projectIds ?? []), ...attach]);
  const written = Object.entries({ ...fill, ...set });
  const cleared = new Set(written.filter(([, value]) => value === null).map(([name]) => name));
  const kept = Object.entries({ ...standing, ...fill, ...set }).filter(([name]) => !cleared.has(name));
  return {
    ...(Object.fromEntries(kept) as Release),
    ...(status !== undefined && { status }),
    ...(projectIds.size > 0 && { projectIds }),
  };
}
