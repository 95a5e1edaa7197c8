import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Item, Table } from '../platform/table.ts';
import { type Commit, type CommitAddress, commitName, commitPartition } from './commit-store.ts';

const file = z.object({ path: z.string(), type: z.enum(['A', 'D', 'M']) });

/** A file that a commit added, deleted or modified. */
export type CommitFile = z.infer<typeof file>;

const chunk = z.object({
  organization: z.string(),
  repositoryId: z.string(),
  id: z.string(),
  /** Hash of all files of the set. */
  fileSet: z.string(),
  number: z.number(),
  files: z.array(file),
});

/** A set of files of a commit; the commit names the one that counts. */
type FileSetAddress = CommitAddress & { readonly fileSet: string };

const chunkItem = itemType({
  name: 'files of a commit',
  schema: chunk,
  key: (at: FileSetAddress & { readonly number: number }) => ({
    pk: commitPartition(at),
    sk: `FILES#${at.fileSet}#${String(at.number).padStart(4, '0')}`,
  }),
  address: ({ organization, repositoryId, id, fileSet, number }) => ({
    organization,
    repositoryId,
    id,
    fileSet,
    number,
  }),
});

/** Bytes of paths in one item, which may have 400 KB. */
const maxChunkBytes = 200_000;

/** The items that hold a set of files of a commit, named by `hashOfFiles` of them. */
export function fileItems(at: FileSetAddress, files: readonly CommitFile[]): Item[] {
  const chunks: CommitFile[][] = [];
  let bytes = maxChunkBytes;
  for (const one of files) {
    const size = Buffer.byteLength(one.path) + 30;
    if (bytes + size > maxChunkBytes) {
      chunks.push([]);
      bytes = 0;
    }
    bytes += size;
    chunks.at(-1)?.push(one);
  }
  const { organization, repositoryId, id, fileSet } = at;
  return chunks.map((part, number) =>
    chunkItem.toItem({ organization, repositoryId, id, fileSet, number, files: part }),
  );
}

/** The files of commits by `commitName`, each commit's in the order in which they were stored; those without are missing. */
export async function readCommitFiles(table: Table, commits: readonly Commit[]): Promise<Map<string, CommitFile[]>> {
  const keys = commits.flatMap(({ fileSet, fileChunks: length = 0, ...at }) =>
    fileSet === undefined ? [] : Array.from({ length }, (_, number) => chunkItem.key({ ...at, fileSet, number })),
  );
  const chunks = (await table.batchGet(keys, { consistent: true }))
    .map(chunkItem.fromItem)
    .toSorted((one, other) => one.number - other.number);
  const files = new Map<string, CommitFile[]>();
  for (const part of chunks) {
    const name = commitName(part);
    files.set(name, [...(files.get(name) ?? []), ...part.files]);
  }
  return files;
}
