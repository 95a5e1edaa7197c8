import { randomUUID } from 'node:crypto';
import type { Table } from '../../lib/platform/table.ts';
import { chunksOf, listItems } from '../../lib/releases/commit-list-store.ts';
import type { Release } from '../../lib/releases/release-record.ts';
import { releaseKey } from '../../lib/releases/release-store.ts';

/** Gives a release a list of so many commits, as if they had been set. */
export async function withCommitList(table: Table, release: Release, count: number): Promise<Release> {
  const repository = { id: '7', organization: release.organization, name: 'origin', createdAt: release.dateAdded };
  const generation = randomUUID();
  const commits = Array.from({ length: count }, (_, index) => ({ repositoryId: repository.id, id: `c${index}` }));
  for (const item of listItems({ releaseId: release.id, generation, expiresAt: 1 }, commits)) await table.put(item);
  const commitList = {
    generation,
    hash: 'h',
    count,
    chunks: chunksOf(count),
    authors: [],
    finished: true,
    lastCommit: { id: 'c0', message: 'fix', dateCreated: release.dateAdded, repository },
  };
  await table.update(releaseKey(release), {
    expression: 'SET #commitList = :commitList',
    names: { '#commitList': 'commitList' },
    values: { ':commitList': commitList },
  });
  return { ...release, commitList };
}
