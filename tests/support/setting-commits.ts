import type { SentCommit } from '../../lib/releases/commit-body.ts';
import { readCommitList } from '../../lib/releases/commit-list-store.ts';
import { type Commit, readCommits } from '../../lib/releases/commit-store.ts';
import type { Release } from '../../lib/releases/release-record.ts';
import { readReleases } from '../../lib/releases/release-store.ts';
import { readRepositories } from '../../lib/releases/repository-store.ts';
import { saveRelease } from '../../lib/releases/save-release.ts';
import { setCommits } from '../../lib/releases/set-commits.ts';
import { type Acme, createAcme } from './acme.ts';

/** An organization with a release, where tests set commits and look at what then stands in the table. */
export interface CommitWorld {
  readonly acme: Acme;
  /** Version 1.0, as it was made. */
  readonly release: Release;
  newRelease(version: string): Promise<Release>;
  /** Sets the commits of a release, of 1.0 unless told otherwise. */
  set(commits: readonly SentCommit[], of?: Release): Promise<Release>;
  /** A release as it stands. */
  standing(version?: string): Promise<Release>;
  /** The ids on the list of a release, as a reader sees it who has read the release before. */
  listed(of: Release): Promise<string[]>;
  /** The stored commits of `acme/app` with these ids. */
  commits(ids: readonly string[]): Promise<Commit[]>;
}

/** Makes one, over tables of its own. */
export async function createCommitWorld(): Promise<CommitWorld> {
  const acme = await createAcme();
  const { table } = acme.app;
  const newRelease = async (version: string): Promise<Release> => {
    const at = { organization: 'acme', version };
    return (await saveRelease(acme.app, at, undefined, { projectIds: [acme.web.id] })).release;
  };
  const release = await newRelease('1.0');
  return {
    acme,
    release,
    newRelease,
    set: (commits, of = release) => setCommits(acme.app, { release: of, commits }),
    standing: async (version = '1.0') => {
      const [found] = await readReleases(table, 'acme', [version]);
      if (found === undefined) throw new Error('the release is gone');
      return found;
    },
    listed: async ({ id: releaseId, commitList }) => {
      const { generation = '', count = 0 } = commitList ?? {};
      const all = await readCommitList(table, { releaseId, generation }, 0, count + 1);
      return all.map(({ id }) => id);
    },
    commits: async (ids) => {
      const repositories = await readRepositories(table, 'acme');
      const repositoryId = repositories.find(({ name }) => name === 'acme/app')?.id ?? '';
      const found = await readCommits(
        table,
        ids.map((id) => ({ organization: 'acme', repositoryId, id })),
      );
      return ids.flatMap((id) => found.get(`${repositoryId}#${id}`) ?? []);
    },
  };
}

/** So many commits by seven people, a second apart, the newest first. */
export function manyCommits(count: number, prefix = 'c'): SentCommit[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    repository: 'acme/app',
    message: `Change number ${index}`,
    author_name: 'Dev',
    author_email: `dev${index % 7}@acme.example`,
    timestamp: new Date(Date.UTC(2026, 0, 1) - index * 1_000).toISOString(),
  }));
}
