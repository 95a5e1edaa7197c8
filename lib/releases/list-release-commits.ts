import type { Reach } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Page, type PageRequest, readPage } from '../platform/pagination.ts';
import type { Table } from '../platform/table.ts';
import { projectsLookup } from '../projects/index.ts';
import { readAuthors } from './author-store.ts';
import { type Commit, commitName, readCommits, releaseListed } from './commit-store.ts';
import { type ReleaseAddressed, requireRelease } from './find-release.ts';
import {
  commitsFrom,
  listOfPage,
  type PagedList,
  type PlacedCommit,
  placeIn,
  type RepositoryFilter,
  repositoriesOf,
} from './release-commit-list.ts';
import type { CommitJson } from './release-json.ts';
import type { Release } from './release-record.ts';
import { readReleases } from './release-store.ts';
import { serializeCommit } from './serialize-commit.ts';

/** Which commits of which release are wanted. */
export interface CommitListRequest extends ReleaseAddressed, RepositoryFilter {
  readonly page: PageRequest;
}

/** Of a commit in more releases than these, some are left out. */
const maxReleasesOfCommit = 1_000;

/**
 * A page of a release's commits, newest first, each with its author, its repository and the releases that have it,
 * as far as they are within reach.
 * @throws NotFoundError, ForbiddenError, BadRequestError about the cursor
 */
export async function listReleaseCommits(
  app: Pick<App, 'table'>,
  request: CommitListRequest,
): Promise<Page<CommitJson>> {
  const { table } = app;
  const { organization, page } = request;
  const { release, reach } = await requireRelease(app, request);
  const repositories = await repositoriesOf(table, organization, request);
  const list = listOfPage(release, page);
  if (list === undefined) return { items: [] };
  const listed = await readPage(page, (start) => placed(table, list, repositories.wanted?.id, page.limit, start));
  const commits = await readCommits(
    table,
    listed.items.map(({ repositoryId, id }) => ({ organization, repositoryId, id })),
    { consistent: true },
  );
  const shown = listed.items.flatMap((one) => commits.get(commitName(one)) ?? []);
  const [authors, releases] = await Promise.all([
    readAuthors(table, organization, [...new Set(shown.flatMap(({ authorEmail }) => authorEmail ?? []))]),
    releasesWith(table, organization, shown),
  ]);
  const reached = await releasesWithin(table, request, reach, [...new Set([...releases.values()].flat())]);
  const items = shown.map((commit) => {
    const { id, message, dateCreated, repositoryId, authorEmail } = commit;
    const author = authorEmail === undefined ? undefined : authors.get(authorEmail);
    const repository = repositories.byId.get(repositoryId);
    const having = (releases.get(commitName(commit)) ?? []).filter((one) => reached.has(one));
    return serializeCommit({ id, message, dateCreated, repository, author }, having);
  });
  return { ...listed, items };
}

/** The list as pages are read from it; commits of other repositories are passed over. */
async function* placed(
  table: Table,
  list: PagedList,
  repositoryId: string | undefined,
  limit: number,
  { after, backwards }: { readonly after?: string; readonly backwards: boolean },
): AsyncGenerator<{ readonly position: string; readonly item?: PlacedCommit }> {
  const place = after === undefined ? 0 : placeIn(after).place + (backwards ? -1 : 1);
  for await (const commit of commitsFrom(table, list, { place, backwards, size: limit + 1 })) {
    const fits = repositoryId === undefined || commit.repositoryId === repositoryId;
    yield { position: `${list.generation}#${commit.place}`, ...(fits && { item: commit }) };
  }
}

/** The releases that have these commits, newest first. */
async function releasesWith(
  table: Table,
  organization: string,
  commits: readonly Commit[],
): Promise<ReadonlyMap<string, readonly Release[]>> {
  const listings = new Map(
    commits.map((commit) => [
      commitName(commit),
      [...(commit.listedIn ?? [])].slice(0, maxReleasesOfCommit).map(releaseListed),
    ]),
  );
  const versions = new Set([...listings.values()].flat().map(({ version }) => version));
  const found = await readReleases(table, organization, [...versions]);
  const releases = new Map(
    found.filter(({ commitList }) => (commitList?.count ?? 0) > 0).map((release) => [release.version, release]),
  );
  return new Map(
    [...listings].map(([name, listedIn]) => {
      const having = listedIn.flatMap(({ id, version }) => {
        const release = releases.get(version);
        // One that was created in place of a deleted one is not the one that is meant.
        return release?.id === id ? [release] : [];
      });
      return [name, having.toSorted((one, other) => (one.dateAdded < other.dateAdded ? 1 : -1))];
    }),
  );
}

/** Those of the releases of which the caller reaches a project. An organization's own token reaches all, and nothing is read. */
async function releasesWithin(
  table: Table,
  { caller, organization }: CommitListRequest,
  reach: Reach,
  releases: readonly Release[],
): Promise<ReadonlySet<Release>> {
  if (caller.userId === undefined) return new Set(releases);
  const ids = new Set(releases.flatMap(({ projectIds }) => [...(projectIds ?? [])]));
  const [{ found }] = await lookUp(table, [projectsLookup(organization, [...ids])]);
  const reached = new Set(found.filter(({ team }) => reach(team)).map(({ id }) => id));
  return new Set(releases.filter(({ projectIds }) => !reached.isDisjointFrom(projectIds ?? new Set())));
}
