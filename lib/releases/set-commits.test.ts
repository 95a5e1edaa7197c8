import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import type { SentCommit } from './commit-body.ts';
import { readCommitList } from './commit-list-store.ts';
import type { Release } from './release-record.ts';
import { saveRelease } from './save-release.ts';
import { setCommits } from './set-commits.ts';

let acme: Acme;
let release: Release;

beforeEach(async () => {
  acme = await createAcme();
  const saved = await saveRelease(acme.app, { organization: 'acme', version: '1.0' }, undefined, {
    projectIds: [acme.web.id],
  });
  release = saved.release;
});

const many = (count: number, prefix = 'c'): SentCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`.padStart(40, '0'),
    repository: 'acme/app',
    message: `Change number ${index}`,
    author_name: 'Ada',
    author_email: `dev${index % 7}@acme.example`,
    timestamp: new Date(Date.UTC(2026, 0, 1) - index * 1000).toISOString(),
  }));

async function listed(of: Release): Promise<string[]> {
  const { generation = '', count = 0 } = of.commitList ?? {};
  const all = await readCommitList(acme.app.table, { releaseId: of.id, generation }, 0, count);
  return all.map(({ id }) => id);
}

describe('setting commits', () => {
  it.each([1, 1_000, 10_000])('works for %i', async (count) => {
    const started = performance.now();
    const commits = many(count);
    const after = await setCommits(acme.app, { release, commits });
    console.log(count, performance.now() - started);
    expect(after.commitList).toMatchObject({ count, finished: true });
    expect(await listed(after)).toEqual(commits.map(({ id }) => id));
  });
});
