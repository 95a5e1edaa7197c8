import { requireOrganization } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { type Page, readPage, sourceOf } from '../platform/pagination.ts';
import type { Table } from '../platform/table.ts';
import { readAuthors } from './author-store.ts';
import { type CommitFile, readCommitFiles } from './commit-file-store.ts';
import { commitsInChunk } from './commit-list-store.ts';
import { type Commit, commitName, readCommits } from './commit-store.ts';
import { requireRelease } from './find-release.ts';
import type { CommitListRequest } from './list-release-commits.ts';
import { commitsFrom, listOfPage, type PagedList, placeIn, repositoriesOf } from './release-commit-list.ts';
import type { CommitFileJson } from './release-json.ts';
import { serializeAuthor } from './serialize-commit.ts';

/** What the order of files depends on. */
interface FilePlace {
  readonly path: string;
  /** Of its commit in the list. */
  readonly place: number;
  /** Among the files of its commit. */
  readonly number: number;
}

interface FileRow extends FilePlace {
  readonly commit: Commit;
  readonly file: CommitFile;
}

/** As much of a path as stands in a cursor, and therefore decides about the order. */
const orderedCharacters = 200;
const commitsAtOnce = 100;
const concurrentReads = 8;

/**
 * A page of the files that the commits of a release touched, in the order of their paths. Files are stored with their
 * commits, so that every page reads all of them: a request for a hundred commits and one for their files.
 * @throws NotFoundError, ForbiddenError, BadRequestError about the cursor
 */
export async function listCommitFiles(
  app: Pick<App, 'table'>,
  request: CommitListRequest,
): Promise<Page<CommitFileJson>> {
  const { table } = app;
  const { organization, page } = request;
  const { release } = await requireRelease(app, request);
  const list = listOfPage(release, page);
  const [{ id: organizationId }, repositories] = await Promise.all([
    requireOrganization(app, organization),
    repositoriesOf(table, organization, request),
  ]);
  if (list === undefined) return { items: [] };
  const rows = await rowsOf(table, organization, list, repositories.wanted?.id);
  const placed = rows.map((item) => ({ position: positionOf(list.generation, item), item }));
  const found = await readPage(
    page,
    sourceOf(placed, (one, other) => byPath(placeOf(one), placeOf(other))),
  );
  const emails = new Set(found.items.flatMap(({ commit }) => commit.authorEmail ?? []));
  const authors = await readAuthors(table, organization, [...emails]);
  const items = found.items.map(({ commit, file, number }): CommitFileJson => {
    const author = commit.authorEmail === undefined ? undefined : authors.get(commit.authorEmail);
    return {
      id: `${commit.repositoryId}-${commit.id}-${number}`,
      orgId: Number(organizationId),
      author: author === undefined ? {} : serializeAuthor(author),
      commitMessage: commit.message,
      filename: file.path,
      type: file.type,
      repoName: repositories.byId.get(commit.repositoryId)?.name ?? '',
    };
  });
  return { ...found, items };
}

async function rowsOf(
  table: Table,
  organization: string,
  list: PagedList,
  repositoryId: string | undefined,
): Promise<readonly FileRow[]> {
  const all = await Array.fromAsync(commitsFrom(table, list, { place: 0, backwards: false, size: commitsInChunk }));
  const listed = all.filter((one) => repositoryId === undefined || one.repositoryId === repositoryId);
  const parts = Array.from({ length: Math.ceil(listed.length / commitsAtOnce) }, (_, index) =>
    listed.slice(index * commitsAtOnce, (index + 1) * commitsAtOnce),
  );
  const rows = await mapLimited(parts, concurrentReads, async (part) => {
    const addresses = part.map(({ repositoryId: of, id }) => ({ organization, repositoryId: of, id }));
    const commits = await readCommits(table, addresses, { consistent: true });
    const files = await readCommitFiles(table, [...commits.values()]);
    return part.flatMap((one) => {
      const commit = commits.get(commitName(one));
      if (commit === undefined) return [];
      return (files.get(commitName(one)) ?? []).map((file, number) => {
        const path = [...file.path.toWellFormed()].slice(0, orderedCharacters).join('');
        return { path, place: one.place, number, commit, file };
      });
    });
  });
  return rows.flat().toSorted(byPath);
}

/** By path, then newest commit first. */
function byPath(one: FilePlace, other: FilePlace): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.place - other.place || one.number - other.number;
}

function positionOf(generation: string, { place, number, path }: FilePlace): string {
  return `${generation}#${place}#${number}#${path}`;
}

function placeOf(position: string): FilePlace {
  const { place } = placeIn(position);
  const [, , number, ...path] = position.split('#');
  return { path: path.join('#'), place, number: Number(number) };
}
