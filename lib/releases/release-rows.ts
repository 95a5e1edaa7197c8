import {
  type Caller,
  type MemberProfile,
  memberProfileLookup,
  type Reach,
  reachLookup,
} from '../organizations/index.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Table } from '../platform/table.ts';
import { type Project, projectsLookup } from '../projects/index.ts';
import type { ListedRelease, ReleasePlace } from './release-places.ts';
import type { Release } from './release-record.ts';
import { readReleases } from './release-store.ts';

/** A release with all that is shown of it. */
export interface ReleaseRow {
  readonly release: Release;
  readonly projects: readonly Project[];
  readonly owner: MemberProfile | undefined;
}

/** A row at its place. Without the row it does not fit what is asked for, or not this caller. */
export interface PlacedRow {
  readonly position: string;
  readonly item?: ReleaseRow;
  /** It would have fit, but all of its projects are of teams that the caller is not in. */
  readonly outOfReach?: true;
}

/** Whose list it is, and what is not told by a version alone. */
export interface RowFilter {
  readonly caller: Caller;
  readonly fits: (release: Release) => boolean;
  /** What was read before and is not read again. */
  readonly known?: Known;
}

/** What a caller reaches, and projects of the organization. */
export interface Known {
  readonly reach: Reach;
  readonly projects: readonly Project[];
}

/**
 * Reads what is shown of listed releases, `size` at a time: the releases themselves where the list has not brought them
 * along, and, for all of them together, their projects and owners and what the caller reaches.
 */
export async function* releaseRows(
  table: Table,
  filter: RowFilter,
  places: AsyncIterable<ReleasePlace> | Iterable<ReleasePlace>,
  size: number,
): AsyncGenerator<PlacedRow> {
  let chunk: ReleasePlace[] = [];
  for await (const place of places) {
    chunk.push(place);
    if (chunk.length < size) continue;
    yield* await rowsOf(table, filter, chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield* await rowsOf(table, filter, chunk);
}

async function rowsOf(
  table: Table,
  { caller, fits, known }: RowFilter,
  places: readonly ReleasePlace[],
): Promise<readonly PlacedRow[]> {
  const { organization } = caller;
  const releases = (await releasesOf(table, organization, places)).filter(fits);
  const projectIds = new Set(releases.flatMap((release) => [...(release.projectIds ?? [])]));
  const ownerIds = [...new Set(releases.flatMap(({ ownerId }) => ownerId ?? []))];
  if (projectIds.size === 0) return places.map(({ position }) => ({ position }));
  const knownIds = new Set(known?.projects.map(({ id }) => id));
  const [reach, { found: others }, ...owners] = await lookUp(table, [
    known === undefined ? reachLookup(caller) : { keys: [], read: () => known.reach },
    projectsLookup(organization, [...projectIds.difference(knownIds)]),
    ...ownerIds.map((id) => memberProfileLookup(organization, id)),
  ]);
  const found = [...(known?.projects ?? []), ...others];
  const ownerById = new Map(owners.map((owner, index) => [ownerIds[index], owner]));
  const byId = new Map(releases.map((release) => [release.id, release]));
  return places.map(({ position, item }) => {
    const release = item && byId.get(item.id);
    const all = found.filter(({ id }) => release?.projectIds?.has(id));
    if (release === undefined || all.length === 0) return { position };
    const projects = all.filter(({ team }) => reach(team));
    if (projects.length === 0) return { position, outOfReach: true };
    return { position, item: { release, projects, owner: ownerById.get(release.ownerId) } };
  });
}

/** The releases of these places. What was deleted since, or made anew, is missing. */
async function releasesOf(table: Table, organization: string, places: readonly ReleasePlace[]): Promise<Release[]> {
  const listed = places.flatMap(({ item }): ListedRelease[] => (item === undefined ? [] : [item]));
  const ids = new Set(listed.map(({ id }) => id));
  const versions = listed.filter(({ release }) => release === undefined).map(({ version }) => version);
  const read = (await readReleases(table, organization, versions)).filter(({ id }) => ids.has(id));
  return [...listed.flatMap(({ release }) => release ?? []), ...read];
}
