import { BadRequestError, NotFoundError } from '../platform/errors.ts';
import type { PageRequest } from '../platform/pagination.ts';
import type { Table } from '../platform/table.ts';
import { type ListedCommit, readCommitList } from './commit-list-store.ts';
import { messages } from './messages.ts';
import type { Release, Repository } from './release-record.ts';
import { readRepositories } from './repository-store.ts';

/** Commits of which repository are wanted; the ID is preferred where both are told. */
export interface RepositoryFilter {
  readonly repositoryId?: string | undefined;
  readonly repositoryName?: string | undefined;
}

/** A commit at its place in a list; 0 is the newest. */
export interface PlacedCommit extends ListedCommit {
  readonly place: number;
}

/** The list of commits that one sequence of pages goes through. */
export interface PagedList {
  readonly releaseId: string;
  readonly generation: string;
  /** Otherwise it is one that was visible when its first page was asked for. */
  readonly isVisible: boolean;
}

const position = /^([^#]{1,100})#(\d{1,9})(?:#|$)/u;

/**
 * The list that a page is of: the visible one for a first page. A sequence of pages goes on through the list that it began
 * with, so that it shows all of the old or all of the new. Undefined when no commits were ever set. @throws BadRequestError
 */
export function listOfPage(release: Release, { start }: PageRequest): PagedList | undefined {
  const visible = release.commitList?.generation;
  const generation = start === undefined ? visible : placeIn(start.position).generation;
  if (generation === undefined) return undefined;
  return { releaseId: release.id, generation, isVisible: generation === visible };
}

/** The generation and the place that a position in a list begins with. @throws BadRequestError */
export function placeIn(text: string): { readonly generation: string; readonly place: number } {
  const [, generation, place] = position.exec(text) ?? [];
  if (generation === undefined) throw new BadRequestError(messages.cursorInvalid);
  return { generation, place: Number(place) };
}

/**
 * Commits of a list from a place on, in its order or backwards, `size` places at a time.
 * @throws BadRequestError when the list is an older one and has been forgotten
 */
export async function* commitsFrom(
  table: Table,
  list: PagedList,
  { place, backwards, size }: { readonly place: number; readonly backwards: boolean; readonly size: number },
): AsyncGenerator<PlacedCommit> {
  let next = place;
  for (;;) {
    const from = backwards ? Math.max(0, next - size + 1) : next;
    const count = backwards ? next - from + 1 : size;
    if (count <= 0) return;
    const part = (await readCommitList(table, list, from, count)).map((one, index) => ({
      ...one,
      place: from + index,
    }));
    if (part.length === 0 && next === place && !list.isVisible) throw new BadRequestError(messages.cursorTooOld);
    yield* backwards ? part.toReversed() : part;
    if (part.length < count) return;
    next = backwards ? from - 1 : from + count;
  }
}

/** All repositories of the organization by ID, and the one that is asked for, if any. @throws NotFoundError */
export async function repositoriesOf(
  table: Table,
  organization: string,
  { repositoryId, repositoryName }: RepositoryFilter,
): Promise<{ readonly byId: ReadonlyMap<string, Repository>; readonly wanted: Repository | undefined }> {
  const all = await readRepositories(table, organization);
  const byId = new Map(all.map((repository) => [repository.id, repository]));
  if (repositoryId === undefined && repositoryName === undefined) return { byId, wanted: undefined };
  const wanted = repositoryId === undefined ? all.find(({ name }) => name === repositoryName) : byId.get(repositoryId);
  if (wanted === undefined) throw new NotFoundError(messages.repositoryUnknown);
  return { byId, wanted };
}
