import type { Fillable, Release, ReleaseChange } from './release-store.ts';

/** What a request says of a release, with names made into IDs. */
export interface ReleaseWish {
  readonly fill: Readonly<Partial<Record<Fillable, string>>>;
  readonly status?: Release['status'];
  readonly projectIds: readonly string[];
}

/**
 * What a wish changes about a release that is there; undefined when everything is as wished. Only a status that is told
 * and different is applied; everything else fills what is empty and overwrites nothing.
 */
export function planChange(standing: Release, wish: ReleaseWish): ReleaseChange | undefined {
  const fill = Object.fromEntries(
    Object.entries(wish.fill).filter(([name]) => standing[name as Fillable] === undefined),
  );
  const attach = wish.projectIds.filter((id) => !standing.projectIds?.has(id));
  const status = wish.status === standing.status ? undefined : wish.status;
  if (Object.keys(fill).length === 0 && attach.length === 0 && status === undefined) return undefined;
  return { fill, attach, ...(status !== undefined && { status }) };
}

/** The release after the change. */
export function applyChange(standing: Release, { fill, status, attach }: ReleaseChange): Release {
  const projectIds = new Set([...(standing.projectIds ?? []), ...attach]);
  return {
    ...standing,
    ...fill,
    ...(status !== undefined && { status }),
    ...(projectIds.size > 0 && { projectIds }),
  };
}
