import { itemOfAuthor } from '../../lib/releases/author-store.ts';
import { type CommitFile, fileItems } from '../../lib/releases/commit-file-store.ts';
import { chunksOf, keepWrites, listItems } from '../../lib/releases/commit-list-store.ts';
import { commitName, commitWrite, listingOf, readCommits } from '../../lib/releases/commit-store.ts';
import { hashOfFiles } from '../../lib/releases/prepare-commits.ts';
import type { Author, Repository } from '../../lib/releases/release-record.ts';
import { readReleases, releaseKey } from '../../lib/releases/release-store.ts';
import type { AcmeApp } from './acme.ts';

/** A commit as a test tells it. */
export interface TestCommit {
  readonly id: string;
  readonly repository: Repository;
  readonly message?: string;
  readonly author?: Author;
  readonly files?: readonly CommitFile[];
}

const organization = 'acme';

/** Gives a release of `acme` a list of commits (the first is the newest) under a generation, and makes it the visible one. */
export async function storeCommits(
  { table }: AcmeApp,
  { version, generation }: { readonly version: string; readonly generation: string },
  commits: readonly TestCommit[],
): Promise<void> {
  const [release] = await readReleases(table, organization, [version]);
  if (release === undefined) throw new Error(`there is no release ${version}`);
  const addresses = commits.map(({ id, repository }) => ({ organization, repositoryId: repository.id, id }));
  const standing = await readCommits(table, addresses, { consistent: true });
  const list = { releaseId: release.id, generation, expiresAt: 4_000_000_000 };
  await table.batchWrite(listItems(list, addresses).map((put) => ({ put })));
  for (const [index, { id, repository, message = null, author, files = [] }] of commits.entries()) {
    const address = { organization, repositoryId: repository.id, id };
    const before = standing.get(commitName(address));
    const fileSet = hashOfFiles(files);
    const items = fileItems({ ...address, fileSet }, files);
    const after = {
      ...address,
      message,
      dateCreated: new Date(Date.UTC(2026, 1, 1) - index * 60_000).toISOString(),
      ...(author && { authorEmail: author.email }),
      listedIn: new Set([...(before?.listedIn ?? []), listingOf(release)]),
      ...(files.length > 0 && { fileSet, fileChunks: items.length }),
      revision: (before?.revision ?? 0) + 1,
    };
    await table.write([
      commitWrite(before, after),
      ...(author ? [{ put: itemOfAuthor(organization, author) }] : []),
      ...items.map((put) => ({ put })),
    ]);
  }
  const chunks = chunksOf(commits.length);
  await table.write([
    ...keepWrites(release.id, generation, chunks),
    {
      update: releaseKey({ organization, version }),
      set: {
        expression: 'SET #commitList = :commitList',
        names: { '#commitList': 'commitList' },
        values: {
          ':commitList': { generation, hash: generation, count: commits.length, chunks, authors: [], finished: true },
        },
      },
    },
  ]);
}
