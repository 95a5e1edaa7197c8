import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Item, Key, Table, WriteAction } from '../platform/table.ts';
import type { CommitList } from './release-record.ts';

const chunk = z.object({
  releaseId: z.string(),
  generation: z.string(),
  number: z.number(),
  /** The repositories of this chunk; entries name them by their place here. */
  repositoryIds: z.array(z.string()),
  /** `<place of the repository>:<commit>`, in the order of the list. */
  entries: z.array(z.string()),
});

/** A commit in a list. */
export interface ListedCommit {
  readonly repositoryId: string;
  readonly id: string;
}

/** Commits in one item. Few enough that a page reads little, and many enough that one transaction reaches all chunks of a list. */
export const commitsInChunk = 500;
/** Seconds that what was replaced, or is not visible yet, stays: readers who are on their way through it get to its end. */
export const forgetAfterSeconds = 24 * 60 * 60;
/** Old and new chunks and the release itself stand in one transaction of 100 actions. */
export const maxCommits = 20_000;

const chunkItem = itemType({
  name: 'commits of a release',
  schema: chunk,
  key: (at: { releaseId: string; generation: string; number: number }) => ({
    pk: releaseDataPartition(at.releaseId),
    sk: `COMMITS#${at.generation}#${String(at.number).padStart(4, '0')}`,
  }),
  address: ({ releaseId, generation, number }) => ({ releaseId, generation, number }),
});

/** The partition of what belongs to a release and is found under its ID. */
export function releaseDataPartition(releaseId: string): string {
  return `RELEASE_DATA#${releaseId}`;
}

/** The items of a list that nobody sees yet; `expiresAt` (Unix seconds) forgets them if it is never made visible. */
export function listItems(
  list: { readonly releaseId: string; readonly generation: string; readonly expiresAt: number },
  commits: readonly ListedCommit[],
): Item[] {
  const { expiresAt, ...of } = list;
  return Array.from({ length: chunksOf(commits.length) }, (_, number) => {
    const part = commits.slice(number * commitsInChunk, (number + 1) * commitsInChunk);
    const repositoryIds = [...new Set(part.map(({ repositoryId }) => repositoryId))];
    const entries = part.map(({ repositoryId, id }) => `${repositoryIds.indexOf(repositoryId)}:${id}`);
    return { ...chunkItem.toItem({ ...of, number, repositoryIds, entries }), expiresAt };
  });
}

/** In how many items so many commits stand. */
export function chunksOf(count: number): number {
  return Math.ceil(count / commitsInChunk);
}

/** The steps that keep a list for good. They fail when it has been forgotten in the meantime. */
export function keepWrites(releaseId: string, generation: string, chunks: number): WriteAction[] {
  return keysOf(releaseId, generation, chunks).map((key) => ({
    update: key,
    set: { expression: 'REMOVE #expiresAt', names: { '#expiresAt': 'expiresAt' } },
    onlyIf: { expression: 'attribute_exists(pk)' },
  }));
}

/** The steps that have a list forgotten at `expiresAt` (Unix seconds): readers who are on their way through it get to its end. */
export function forgetWrites(
  releaseId: string,
  { generation, chunks }: Pick<CommitList, 'generation' | 'chunks'>,
  expiresAt: number,
): WriteAction[] {
  return keysOf(releaseId, generation, chunks).map((key) => ({
    update: key,
    set: {
      expression: 'SET #expiresAt = :expiresAt',
      names: { '#expiresAt': 'expiresAt' },
      values: { ':expiresAt': expiresAt },
    },
    onlyIf: { expression: 'attribute_exists(pk)' },
  }));
}

function keysOf(releaseId: string, generation: string, chunks: number): Key[] {
  return Array.from({ length: chunks }, (_, number) => chunkItem.key({ releaseId, generation, number }));
}

/** Commits of a list from place `from` on (0 is the newest), `count` at most. Gone lists are empty. */
export async function readCommitList(
  table: Table,
  list: { readonly releaseId: string; readonly generation: string },
  from: number,
  count: number,
): Promise<ListedCommit[]> {
  const first = Math.floor(from / commitsInChunk);
  const last = Math.floor((from + count - 1) / commitsInChunk);
  const keys = Array.from({ length: last - first + 1 }, (_, index) =>
    chunkItem.key({ ...list, number: first + index }),
  );
  const chunks = (await table.batchGet(keys, { consistent: true })).map(chunkItem.fromItem);
  return chunks
    .toSorted((one, other) => one.number - other.number)
    .flatMap(({ number, repositoryIds, entries }) =>
      entries.map((entry, index) => {
        const at = entry.indexOf(':');
        const repositoryId = repositoryIds[Number(entry.slice(0, at))] ?? '';
        return { place: number * commitsInChunk + index, repositoryId, id: entry.slice(at + 1) };
      }),
    )
    .filter(({ place }) => place >= from && place < from + count)
    .map(({ repositoryId, id }) => ({ repositoryId, id }));
}
