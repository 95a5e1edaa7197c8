import type { App } from '../platform/app.ts';
import { type PlacedLink, readLinks, sortDateOf } from './release-link-store.ts';
import type { Release } from './release-record.ts';
import { readReleases } from './release-store.ts';

/** Which releases count as previous ones. */
export interface PreviousWish {
  /** Only those that have commits. */
  readonly withCommits?: boolean;
  /** Only those that are not newer than the release itself. */
  readonly notAfter?: boolean;
  /** Only those of these projects; by default of all projects of the release. */
  readonly projectIds?: readonly string[];
}

/** Most releases have commits, or none of a project's has: the first page says which. */
const pageSize = 10;
/** Who has released so often without commits will not be helped by looking further. */
const maxLookedAt = 500;

/** The newest other release that shares a project, by when releases came out or else were added. */
export async function findPreviousRelease(
  app: Pick<App, 'table'>,
  release: Release,
  { withCommits = false, notAfter = false, projectIds = [...(release.projectIds ?? [])] }: PreviousWish = {},
): Promise<Release | undefined> {
  // `~` stands behind every ID, so that releases of the very same moment are among them.
  const after = notAfter ? `${sortDateOf(release)}#~` : undefined;
  const seen = new Set([release.id]);
  let page: PlacedLink[] = [];
  for await (const placed of newestFirst(app, projectIds, after)) {
    if (seen.has(placed.link.releaseId)) continue;
    seen.add(placed.link.releaseId);
    page.push(placed);
    if (page.length === (withCommits ? pageSize : 1)) {
      const found = await firstOf(app, page, withCommits);
      if (found !== undefined || seen.size > maxLookedAt) return found;
      page = [];
    }
  }
  return firstOf(app, page, withCommits);
}

/** The first release of a page that is still there and fits. */
async function firstOf(
  app: Pick<App, 'table'>,
  page: readonly PlacedLink[],
  withCommits: boolean,
): Promise<Release | undefined> {
  const [first] = page;
  if (first === undefined) return undefined;
  const versions = page.map(({ link }) => link.version);
  const releases = await readReleases(app.table, first.link.organization, versions);
  const byId = new Map(releases.map((one) => [one.id, one]));
  return page
    .map(({ link }) => byId.get(link.releaseId))
    .find((one) => one !== undefined && (!withCommits || one.commitList?.lastCommit !== undefined));
}

/** The releases of several projects as one list. A release that belongs to more than one of them comes several times. */
async function* newestFirst(
  app: Pick<App, 'table'>,
  projectIds: readonly string[],
  after: string | undefined,
): AsyncGenerator<PlacedLink> {
  const lists = projectIds.map((id) => readLinks(app.table, id, { order: 'released', after, limit: pageSize }));
  const heads = await Promise.all(lists.map((list) => list.next()));
  for (;;) {
    let newest: { readonly index: number; readonly placed: PlacedLink } | undefined;
    for (const [index, { done, value }] of heads.entries()) {
      if (done !== true && (newest === undefined || value.position > newest.placed.position)) {
        newest = { index, placed: value };
      }
    }
    const list = lists[newest?.index ?? -1];
    if (newest === undefined || list === undefined) return;
    yield newest.placed;
    heads[newest.index] = await list.next();
  }
}
