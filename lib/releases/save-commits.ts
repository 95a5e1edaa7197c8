import { findIssueIds, unlinkCommit } from '../issues/index.ts';
import type { App } from '../platform/app.ts';
import { groupBySize } from '../platform/group-by-size.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { pauseBefore } from '../platform/retry-pause.ts';
import {
  type Commit,
  commitName,
  commitWrite,
  readCommits,
  transactionOfCommits,
  writeCommits,
} from './commit-store.ts';
import { type MergeCircumstances, mergeCommit } from './merge-commit.ts';
import type { PreparedCommit } from './prepare-commits.ts';
import { referencedIssues } from './referenced-issues.ts';
import { forgetCommitFiles, type SavedFiles, saveCommitFiles } from './save-commit-files.ts';

/** A commit of a list, with the ID of its repository. */
export type LocatedCommit = PreparedCommit & { readonly repositoryId: string };

/** What is the same for all commits of a list. */
export type ListCircumstances = Omit<MergeCircumstances, 'repositoryId' | 'files'>;

const concurrentGroups = 4;

/**
 * Stores the commits of a list, each with what is new of it, and gives all of them as they stand now, in the order of the
 * list. Two requests a hundred commits, beyond what their files need. Until the list is made visible, nobody sees that it
 * names them.
 */
export async function saveCommits(
  app: Pick<App, 'table' | 'clock'>,
  commits: readonly LocatedCommit[],
  circumstances: ListCircumstances,
): Promise<Commit[]> {
  const groups = groupBySize(commits, transactionOfCommits);
  const saved = await mapLimited(groups, concurrentGroups, (group) => saveGroup(app, group, circumstances));
  return saved.flat();
}

async function saveGroup(
  app: Pick<App, 'table' | 'clock'>,
  group: readonly LocatedCommit[],
  circumstances: ListCircumstances,
): Promise<Commit[]> {
  const { organization } = circumstances;
  const fileSets: SavedFiles['sets'][number][] = [];
  for (let attempt = 0; ; attempt += 1) {
    if (attempt > 0) await pauseBefore(attempt);
    const addresses = group.map(({ repositoryId, id }) => ({ organization, repositoryId, id }));
    const standing = await readCommits(app.table, addresses, { consistent: true });
    const files = await saveCommitFiles(app, organization, group, standing);
    fileSets.push(...[...files.values()].flatMap(({ sets }) => sets));
    const merged = group.map((sent) => {
      const before = standing.get(commitName(sent));
      const saved = files.get(commitName(sent));
      const { repositoryId } = sent;
      const after = mergeCommit(before, sent, { ...circumstances, repositoryId, ...(saved && { files: saved }) });
      return { before, after, sent };
    });
    await unlinkWhatIsNoLongerSaid(app, organization, merged);
    if (await writeChanged(app, merged)) {
      const commits = merged.flatMap(({ before, after }) => after ?? before ?? []);
      await forgetCommitFiles(app, fileSets, commits);
      return commits;
    }
  }
}

/** With what is known of them, commits can be larger than they were sent. `false` when some have been changed meanwhile. */
async function writeChanged(
  app: Pick<App, 'table'>,
  merged: readonly { readonly before: Commit | undefined; readonly after: Commit | undefined }[],
): Promise<boolean> {
  const changed = merged.flatMap(({ before, after }) => (after === undefined ? [] : [{ ...after, before }]));
  for (const group of groupBySize(changed, transactionOfCommits)) {
    const writes = group.map(({ before, ...after }) => commitWrite(before, after));
    if (!(await writeCommits(app.table, writes))) return false;
  }
  return true;
}

/** Before the new message is stored: should this end here, the next attempt finds the old message and goes on. */
async function unlinkWhatIsNoLongerSaid(
  app: Pick<App, 'table' | 'clock'>,
  organization: string,
  merged: readonly { before: Commit | undefined; after: Commit | undefined; sent: LocatedCommit }[],
): Promise<void> {
  const gone = merged.flatMap(({ before, after, sent }) => {
    if (!before?.message || after === undefined || after.message === before.message) return [];
    const stillSaid = new Set(referencedIssues(after.message ?? ''));
    const commit = { repository: sent.repository, id: sent.id };
    return referencedIssues(before.message).flatMap((shortId) => (stillSaid.has(shortId) ? [] : [{ shortId, commit }]));
  });
  if (gone.length === 0) return;
  const ids = await findIssueIds(
    app,
    organization,
    gone.map(({ shortId }) => shortId),
  );
  for (const { shortId, commit } of gone) {
    const issueId = ids.get(shortId);
    if (issueId !== undefined) await unlinkCommit(app, { organization, issueId, commit });
  }
}
