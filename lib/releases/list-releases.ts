import { type Caller, type Reach, reachLookup, requireMembership } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { BadRequestError, ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Page, type PageRequest, sourceOf } from '../platform/pagination.ts';
import type { Table } from '../platform/table.ts';
import { timeRange } from '../platform/time-range.ts';
import { listProjects, type Project, projectsLookup } from '../projects/index.ts';
import { readEnvironments } from './environment-store.ts';
import { matchesReleaseQuery } from './matches-release-query.ts';
import { messages } from './messages.ts';
import type { ReleaseJson } from './release-json.ts';
import { releasePage } from './release-list-page.ts';
import { type ListScope, type ListStart, releasePlaces } from './release-places.ts';
import { parseReleaseQuery } from './release-query.ts';
import type { Release } from './release-record.ts';
import { type Known, type PlacedRow, type RowFilter, releaseRows } from './release-rows.ts';
import { isInOrder, releaseSort, type VersionOrder, versionOrder, versionPosition } from './release-sort.ts';

/** Which releases of an organization are wanted, as it was sent. */
export interface ReleaseListRequest {
  /** Acts for the organization whose releases they are. */
  readonly caller: Caller;
  readonly page: PageRequest;
  readonly query: string;
  readonly sort: string;
  readonly flatten: boolean;
  readonly status: string;
  /** By ID or slug; none or -1 for all that the caller reaches. */
  readonly projects: readonly string[];
  readonly environments: readonly string[];
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly statsPeriod?: string | undefined;
}

/** Read at once where a whole list is read to be put in order. */
const sizeOfWhole = 1_000;
const allProjects = '-1';

/**
 * A page of an organization's releases that belong to a project within reach, newest first or in the order of their
 * versions. When nothing narrows it, the list itself costs one request, and all that is shown beside it another.
 * @throws BadRequestError; UnauthenticatedError for who has left the organization; NotFoundError and ForbiddenError for projects and environments that are asked for
 */
export async function listReleases(
  app: Pick<App, 'table' | 'clock'>,
  request: ReleaseListRequest,
): Promise<Page<ReleaseJson>> {
  const { caller, page } = request;
  const statuses = statusesOf(request.status);
  const order = releaseSort(request.sort, request.flatten);
  const query = parseReleaseQuery(request.query, new Set(request.environments).size);
  const selected = await selectedProjects(app.table, request);
  const filter: RowFilter = {
    caller,
    fits: ({ status }) => statuses.includes(status),
    ...(selected && { known: selected }),
  };
  const scope: ListScope = {
    organization: caller.organization,
    ...(selected && { projectIds: idsOf(selected.projects) }),
    environments: new Set(request.environments),
    order: 'added',
    range: timeRange(request, app.clock.now()),
    fits: (version) => matchesReleaseQuery(version, query),
  };
  if (order !== 'date')
    return releasePage(page, 'version', (start) => byVersion(app.table, scope, filter, order, start));
  const found = await releasePage(page, 'date', (start) => byDate(app.table, scope, filter, start));
  // Whoever is shown something was looked up together with it; of an empty list nobody has been asked.
  if (found.items.length === 0) await requireMembership(app, caller);
  return found;
}

/**
 * Somebody who reaches much of the organization is served best by the list of the whole. As soon as a release is out of
 * reach, the lists of those projects that are within reach take over, from the same place on.
 */
async function* byDate(table: Table, scope: ListScope, filter: RowFilter, start: ListStart): AsyncGenerator<PlacedRow> {
  let from = start;
  for await (const row of releaseRows(table, filter, releasePlaces(table, scope, from), start.size)) {
    if (row.outOfReach && scope.projectIds === undefined) {
      const known = await reachedProjects(table, filter.caller);
      const reached = { ...scope, projectIds: idsOf(known.projects) };
      yield* releaseRows(table, { ...filter, known }, releasePlaces(table, reached, from), start.size);
      return;
    }
    from = { ...start, after: row.position };
    yield row;
  }
}

/** To be put in order the list is read whole, by what little the lists of the projects tell of each release. */
async function* byVersion(
  table: Table,
  scope: ListScope,
  filter: RowFilter,
  order: VersionOrder,
  { after, backwards, size }: ListStart,
): AsyncGenerator<PlacedRow> {
  const known = filter.known ?? (await reachedProjects(table, filter.caller));
  const whole = { ...scope, projectIds: idsOf(known.projects) };
  const places = await Array.fromAsync(releasePlaces(table, whole, { backwards: false, size: sizeOfWhole }));
  const compare = versionOrder(order);
  const ordered = places
    .flatMap(({ position, item }) => {
      if (item === undefined || !isInOrder(order, item.version)) return [];
      const { id, version } = item;
      return [{ position: versionPosition(position, version), item: { id, version } }];
    })
    .toSorted((one, other) => compare(one.position, other.position));
  const source = sourceOf(ordered, compare);
  yield* releaseRows(table, { ...filter, known }, source({ ...(after !== undefined && { after }), backwards }), size);
}

function statusesOf(status: string): readonly Release['status'][] {
  if (status === '') return ['open', 'archived'];
  if (status !== 'open' && status !== 'archived') throw new BadRequestError(messages.listStatusInvalid);
  return [status];
}

/** The projects that the list is narrowed to; undefined when it is not. An environment narrows it to those within reach. */
async function selectedProjects(
  table: Table,
  { caller, projects, environments }: ReleaseListRequest,
): Promise<Known | undefined> {
  const named = projects.includes(allProjects) ? [] : projects;
  if (named.length === 0 && environments.length === 0) return undefined;
  const { organization } = caller;
  const [[reach, { found, missing }], known] = await Promise.all([
    lookUp(table, [reachLookup(caller), projectsLookup(organization, named)]),
    readEnvironments(table, organization, environments),
  ]);
  if (missing.length > 0) throw new NotFoundError(messages.projectNotFound);
  if (found.some(({ team }) => !reach(team))) throw new ForbiddenError(messages.projectForbidden);
  const unknown = environments.find((name) => !known.has(name));
  if (unknown !== undefined) throw new NotFoundError(messages.environmentUnknown(unknown));
  if (named.length > 0) return { reach, projects: found };
  return within(await listProjects({ table }, { organization }), reach);
}

async function reachedProjects(table: Table, caller: Caller): Promise<Known> {
  const [[reach], projects] = await Promise.all([
    lookUp(table, [reachLookup(caller)]),
    listProjects({ table }, { organization: caller.organization }),
  ]);
  return within(projects, reach);
}

function within(projects: readonly Project[], reach: Reach): Known {
  return { reach, projects: projects.filter(({ team }) => reach(team)) };
}

function idsOf(projects: readonly Project[]): string[] {
  return projects.map(({ id }) => id);
}
