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
  number: z.number(),
  files: z.array(file),
});

const chunkItem = itemType({
  name: 'files of a commit',
  schema: chunk,
  key: (at: CommitAddress & { readonly number: number }) => ({
    pk: commitPartition(at),
    sk: `FILES#${String(at.number).padStart(4, '0')}`,
  }),
  address: ({ organization, repositoryId, id, number }) => ({ organization, repositoryId, id, number }),
});

/** Bytes of paths in one item, which may have 400 KB. */
const maxChunkBytes = 200_000;

/** The items that hold the files of a commit. */
export function fileItems(commit: CommitAddress, files: readonly CommitFile[]): Item[] {
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
  const { organization, repositoryId, id } = commit;
  return chunks.map((part, number) => chunkItem.toItem({ organization, repositoryId, id, number, files: part }));
}

/** The files of commits by `commitName`, each commit's in the order in which they were stored; those without are missing. */
export async function readCommitFiles(table: Table, commits: readonly Commit[]): Promise<Map<string, CommitFile[]>> {
  const keys = commits.flatMap((commit) =>
    Array.from({ length: commit.fileChunks ?? 0 }, (_, number) => chunkItem.key({ ...commit, number })),
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
