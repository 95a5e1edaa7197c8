import type { Placed } from '../platform/pagination.ts';
import type { Table } from '../platform/table.ts';
import type { TimeRange } from '../platform/time-range.ts';
import { mergePlaces } from './merge-places.ts';
import { type ReleaseLink, type ReleaseOrder, readLinks } from './release-link-store.ts';
import type { Release } from './release-record.ts';
import { readReleaseList, releasePosition } from './release-store.ts';

/** A release in a list, as far as the list itself tells. */
export interface ListedRelease {
  readonly id: string;
  readonly version: string;
  /** Where reading the list brought it along. */
  readonly release?: Release;
}

/** The place of a release in a list; without the release it does not fit what is asked for. */
export type ReleasePlace = Placed<ListedRelease>;

/** Which releases a list is made of. */
export interface ListScope {
  readonly organization: string;
  /** IDs of the projects one of which it must belong to; undefined for all of the organization. */
  readonly projectIds?: readonly string[];
  /** One of these it must have been deployed to, for one of the projects; empty for anywhere. */
  readonly environments: ReadonlySet<string>;
  readonly order: ReleaseOrder;
  /** When it was added. */
  readonly range: TimeRange;
  readonly fits: (version: string) => boolean;
}

/** From where on a list is read, in which direction, and how much at once. */
export interface ListStart {
  readonly after?: string;
  readonly backwards: boolean;
  readonly size: number;
}

/** With more projects the whole organization is read, and what belongs to none of them is passed over. */
const maxMergedProjects = 30;
/** Sorts behind every ID, so that a time and this stand behind all releases of that time. */
const behindIds = '~';

/** Goes through the releases of a scope, newest first, or backwards. Bounds of time are kept without reading what is outside. */
export async function* releasePlaces(table: Table, scope: ListScope, start: ListStart): AsyncGenerator<ReleasePlace> {
  const { from, to } = scope.range;
  const [near, far] = start.backwards ? [from, to] : [to && `${to}#${behindIds}`, from];
  const isBeyond = (position: string, bound: string): boolean =>
    start.backwards ? position > `${bound}#${behindIds}` : position < bound;
  const { after = near } = start;
  const places = read(table, scope, after === undefined ? start : { ...start, after });
  for await (const place of places) {
    if (far !== undefined && isBeyond(place.position, far)) return;
    yield place;
  }
}

function read(table: Table, scope: ListScope, start: ListStart): AsyncGenerator<ReleasePlace> {
  const { projectIds, environments } = scope;
  if (projectIds === undefined || (environments.size === 0 && projectIds.length > maxMergedProjects)) {
    return ofOrganization(table, scope, start);
  }
  // Of many projects each gives only some of what is read at once.
  const size = Math.max(25, Math.ceil((start.size * Math.min(2, projectIds.length)) / projectIds.length));
  return mergePlaces(
    projectIds.map((id) => ofProject(table, id, scope, { ...start, size })),
    start.backwards,
  );
}

async function* ofOrganization(table: Table, scope: ListScope, start: ListStart): AsyncGenerator<ReleasePlace> {
  const wanted = scope.projectIds && new Set(scope.projectIds);
  const { after, backwards, size: limit } = start;
  for await (const release of readReleaseList(table, scope.organization, { after, backwards, limit })) {
    const { id, version, projectIds } = release;
    const belongs = wanted === undefined || (projectIds !== undefined && !wanted.isDisjointFrom(projectIds));
    yield placeOf(releasePosition(release), belongs && scope.fits(version) && { id, version, release });
  }
}

async function* ofProject(
  table: Table,
  projectId: string,
  { environments, order, fits }: ListScope,
  { after, backwards, size: limit }: ListStart,
): AsyncGenerator<ReleasePlace> {
  for await (const { link, position } of readLinks(table, projectId, { order, after, backwards, limit })) {
    const { releaseId: id, version } = link;
    yield placeOf(position, isIn(link, environments) && fits(version) && { id, version });
  }
}

function isIn({ environments: deployedTo }: ReleaseLink, environments: ReadonlySet<string>): boolean {
  return environments.size === 0 || (deployedTo !== undefined && !environments.isDisjointFrom(deployedTo));
}

function placeOf(position: string, item: ListedRelease | false): ReleasePlace {
  return item === false ? { position } : { position, item };
}
