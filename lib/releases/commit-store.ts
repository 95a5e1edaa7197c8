import * as z from 'zod';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import { notThere, type Table, type WriteAction } from '../platform/table.ts';

const commit = z.object({
  organization: z.string(),
  repositoryId: z.string(),
  id: z.string(),
  message: z.string().nullable(),
  dateCreated: z.string(),
  /** Address of its author, in lower case; the author is an item of its own. */
  authorEmail: z.string().optional(),
  /** `<ID> <version>` of each release whose list names it; absent for none. */
  listedIn: z.set(z.string()).optional(),
  /** The set of its files that counts, and in how many items it stands; absent for none. */
  fileSet: z.string().optional(),
  fileChunks: z.number().optional(),
  /** Of the files as they were sent last: the same again are no work. */
  filesHash: z.string().optional(),
  /** Goes up with every change; a write under an old number is refused. */
  revision: z.number(),
});

/** A commit as it is known, from whichever release it came. */
export type Commit = z.infer<typeof commit>;

/** What names a commit. */
export interface CommitAddress {
  readonly organization: string;
  readonly repositoryId: string;
  readonly id: string;
}

const commitItem = itemType({
  name: 'commit',
  schema: commit,
  key: (at: CommitAddress) => ({ pk: commitPartition(at), sk: 'COMMIT' }),
  address: ({ organization, repositoryId, id }) => ({ organization, repositoryId, id }),
});

/** The partition of a commit: the commit and its files. */
export function commitPartition({ organization, repositoryId, id }: CommitAddress): string {
  return `COMMIT#${organization}#${repositoryId}#${id}`;
}

/** What tells commits apart within an organization. */
export function commitName({ repositoryId, id }: Pick<CommitAddress, 'repositoryId' | 'id'>): string {
  return `${repositoryId}#${id}`;
}

/** How a commit remembers a release whose list names it: another release that gets the same version later is another one. */
export function listingOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `${id} ${version}`;
}

/** The release that a commit remembers. */
export function releaseListed(listing: string): { readonly id: string; readonly version: string } {
  const at = listing.indexOf(' ');
  return { id: listing.slice(0, at), version: listing.slice(at + 1) };
}

/** Commits by `commitName`; unknown ones are missing. A hundred are read with one request. */
export async function readCommits(
  table: Table,
  addresses: readonly CommitAddress[],
  options: { readonly consistent?: boolean } = {},
): Promise<Map<string, Commit>> {
  const items = await table.batchGet(addresses.map(commitItem.key), { consistent: options.consistent ?? false });
  return new Map(items.map(commitItem.fromItem).map((found) => [commitName(found), found]));
}

/** Commits that fit into one transaction: it has 100 actions, one of them for something else, and 4 MB; characters have up to four bytes. */
export const transactionOfCommits = {
  most: 99,
  maxSize: 700_000,
  sizeOf: (commit: {
    readonly message?: string | null | undefined;
    readonly listedIn?: ReadonlySet<string> | undefined;
  }): number => (commit.message?.length ?? 0) + [...(commit.listedIn ?? [])].join().length + 1_000,
};

/** The step that stores a commit, unless it has been changed since `before` was read. */
export function commitWrite(before: Commit | undefined, after: Commit): WriteAction {
  return {
    put: commitItem.toItem(after),
    onlyIf:
      before === undefined
        ? notThere
        : {
            expression: '#revision = :before',
            names: { '#revision': 'revision' },
            values: { ':before': before.revision },
          },
  };
}

/** Stores commits, all or none; `false` when one of them has been changed since it was read. */
export async function writeCommits(table: Table, writes: readonly WriteAction[]): Promise<boolean> {
  return happened(table.write(writes));
}
