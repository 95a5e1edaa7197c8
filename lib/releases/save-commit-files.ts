import type { App } from '../platform/app.ts';
import { epochSeconds } from '../platform/clock.ts';
import { type CommitFile, fileItems, readCommitFiles } from './commit-file-store.ts';
import { forgetAfterSeconds } from './commit-list-store.ts';
import { type Commit, type CommitAddress, commitName } from './commit-store.ts';
import { hashOfFiles, type PreparedCommit } from './prepare-commits.ts';

/** A set of files as it stands, or stood, in the table. */
interface StoredSet {
  readonly commit: CommitAddress;
  readonly fileSet: string;
  readonly files: readonly CommitFile[];
}

/** What a commit has to remember of files that were stored for it, and which sets of them there were meanwhile. */
export interface SavedFiles {
  readonly hash: string;
  readonly fileSet: string;
  readonly chunks: number;
  readonly sets: readonly StoredSet[];
}

/**
 * Stores files that were not stored before; what is known of a file stays. All files of a commit stand under a key made of
 * them, which nobody reads until the commit names it: builds that add different files at the same moment cannot write
 * over one another, and whose commit is refused adds its files to what stands there then.
 */
export async function saveCommitFiles(
  app: Pick<App, 'table'>,
  organization: string,
  group: readonly (PreparedCommit & { readonly repositoryId: string })[],
  standing: ReadonlyMap<string, Commit>,
): Promise<Map<string, SavedFiles>> {
  const changed = group
    .filter(({ files }) => files.length > 0)
    .map((commit) => ({ commit, hash: hashOfFiles(commit.files), before: standing.get(commitName(commit)) }))
    .filter(({ hash, before }) => before?.filesHash !== hash);
  const known = await readCommitFiles(
    app.table,
    changed.flatMap(({ before }) => before ?? []),
  );
  const saved = changed.map(({ commit: { repositoryId, id, files: sent }, hash, before }) => {
    const commit = { organization, repositoryId, id };
    const knownFiles = known.get(commitName(commit)) ?? [];
    const files = mergeFiles(knownFiles, sent);
    const fileSet = hashOfFiles(files);
    const items = fileItems({ ...commit, fileSet }, files);
    const sets = [
      { commit, fileSet, files },
      ...(before?.fileSet === undefined ? [] : [{ commit, fileSet: before.fileSet, files: knownFiles }]),
    ];
    return { name: commitName(commit), hash, fileSet, chunks: items.length, sets, before, items };
  });
  const puts = saved.flatMap(({ before, fileSet, items }) => (before?.fileSet === fileSet ? [] : items));
  await app.table.batchWrite(puts.map((put) => ({ put })));
  return new Map(saved.map(({ name, hash, fileSet, chunks, sets }) => [name, { hash, fileSet, chunks, sets }]));
}

/**
 * Has sets of files forgotten that their commits, as they stand now, do not name. They never will again: the set that a
 * commit names has all files of those before, so that it only ever grows.
 */
export async function forgetCommitFiles(
  app: Pick<App, 'table' | 'clock'>,
  sets: readonly StoredSet[],
  commits: readonly Commit[],
): Promise<void> {
  const named = new Map(commits.map((commit) => [commitName(commit), commit.fileSet]));
  const expiresAt = epochSeconds(app.clock) + forgetAfterSeconds;
  const gone = sets.filter(({ commit, fileSet }) => named.get(commitName(commit)) !== fileSet);
  const unique = new Map(gone.map((set) => [JSON.stringify([commitName(set.commit), set.fileSet]), set]));
  const items = [...unique.values()].flatMap(({ commit, fileSet, files }) => fileItems({ ...commit, fileSet }, files));
  await app.table.batchWrite(items.map((item) => ({ put: { ...item, expiresAt } })));
}

function mergeFiles(known: readonly CommitFile[], sent: readonly CommitFile[]): CommitFile[] {
  const paths = new Set(known.map(({ path }) => path));
  return [...known, ...sent.filter(({ path }) => !paths.has(path))];
}
