import { leaveInbox, linksOf } from './link-issues.ts';
import type { Rows } from './rows.ts';
import type { StoredCommit } from './save-commit.ts';

/** Resolves in the release every issue to which one of its commits is linked. */
export async function resolveLinkedIssues(
  rows: Rows,
  { organization, release, commits }: { organization: string; release: string; commits: readonly StoredCommit[] },
): Promise<void> {
  for (const commit of commits) {
    for (const { sk: shortId } of await rows.under(linksOf(organization, commit))) {
      const user = commit.author && (await rows.find({ pk: `MEMBER#${organization}`, sk: commit.author }));
      const actor = user ? { actor: user.sk } : {};
      await rows.put({ pk: `GROUP_RESOLUTION#${shortId}`, sk: 'RESOLUTION', release, type: 'in_release', ...actor });
      await rows.change({ pk: `ISSUE#${organization}`, sk: shortId }, { status: 'resolved', substatus: null });
      await leaveInbox(rows, shortId);
      const at = new Date().toISOString();
      await rows.insert({ pk: `HISTORY#${shortId}`, sk: `${at}#resolved`, ...actor });
    }
  }
}
