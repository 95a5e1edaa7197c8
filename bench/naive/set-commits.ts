import type { SentCommit } from '../../lib/releases/commit-body.ts';
import { resolveLinkedIssues } from './resolve-issues.ts';
import type { Rows } from './rows.ts';
import { type StoredCommit, saveCommit } from './save-commit.ts';

const lockSeconds = 10;

/**
 * Sets the commits of a release as the specified algorithm walks: a lock, then statement after statement, each of them one
 * request, one after the other. A reader in the middle sees a part of the new list, and a second build is sent away.
 * @throws Error when another build holds the lock
 */
export async function setCommitsNaively(
  rows: Rows,
  { organization, release, commits }: { organization: string; release: string; commits: readonly SentCommit[] },
): Promise<void> {
  const sorted = newestFirst(commits).filter(({ message }) => message?.includes('#skipsentry') !== true);
  const lock = { pk: `LOCK#releasecommits:${organization}:${release}`, sk: 'LOCK' };
  if (!(await rows.insert({ ...lock, until: Date.now() + lockSeconds * 1_000 }))) {
    throw new Error('Release commits are currently being processed');
  }
  try {
    const stored = await replaceList(rows, organization, release, sorted);
    await fillHeads(rows, release, stored);
    await resolveLinkedIssues(rows, { organization, release, commits: stored });
  } finally {
    await rows.remove(lock);
  }
}

function newestFirst(commits: readonly SentCommit[]): SentCommit[] {
  const time = ({ timestamp }: SentCommit): number => (timestamp ? Date.parse(timestamp) : 0);
  return commits.toSorted((one, other) => time(other) - time(one));
}

async function replaceList(
  rows: Rows,
  organization: string,
  release: string,
  commits: readonly SentCommit[],
): Promise<StoredCommit[]> {
  const list = `RELEASE_COMMIT#${organization}#${release}`;
  for (const old of await rows.under(list)) await rows.remove(old);
  const stored: StoredCommit[] = [];
  for (const [order, commit] of commits.entries()) {
    const saved = await saveCommit(rows, organization, commit);
    await rows.insert({ pk: list, sk: String(order).padStart(6, '0'), commit: saved.id, repository: saved.repository });
    stored.push(saved);
  }
  const authors = new Set(stored.flatMap(({ author }) => author ?? []));
  await rows.change(
    { pk: `RELEASE#${organization}#${release}`, sk: 'RELEASE' },
    { commitCount: commits.length, authors: [...authors], lastCommit: stored[0]?.id ?? null },
  );
  return stored;
}

/** The first commit of each repository, unless the repository has a head already. */
async function fillHeads(rows: Rows, release: string, commits: readonly StoredCommit[]): Promise<void> {
  const heads = new Map(commits.toReversed().map(({ repository, id }) => [repository, id]));
  for (const [repository, commit] of heads) {
    const key = { pk: `HEAD_COMMIT#${release}`, sk: repository };
    if ((await rows.find(key)) === undefined) await rows.insert({ ...key, commit });
  }
}
