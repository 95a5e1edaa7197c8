import { referencedIssues } from '../../lib/releases/referenced-issues.ts';
import type { Rows } from './rows.ts';
import type { StoredCommit } from './save-commit.ts';

/** Links a commit that was just stored with the issues that its message names, and resolves each. */
export async function linkIssues(
  rows: Rows,
  organization: string,
  commit: StoredCommit,
  message: string,
): Promise<void> {
  const links = linksOf(organization, commit);
  const known = new Set((await rows.under(links)).map(({ sk }) => sk));
  for (const shortId of referencedIssues(message)) {
    const issue = { pk: `ISSUE#${organization}`, sk: shortId };
    if ((await rows.find(issue)) === undefined || known.has(shortId)) continue;
    await rows.insert({ pk: links, sk: shortId, relationship: 'resolves' });
    const user = commit.author && (await rows.find({ pk: `MEMBER#${organization}`, sk: commit.author }));
    const at = new Date().toISOString();
    const actor = user ? { actor: user.sk } : {};
    await rows.insert({ pk: `ACTIVITY#${shortId}`, sk: `${at}#resolved-in-commit`, commit: commit.id, ...actor });
    await rows.change(issue, { status: 'resolved', resolvedAt: at });
    await leaveInbox(rows, shortId);
    await rows.insert({ pk: `HISTORY#${shortId}`, sk: `${at}#resolved-in-commit`, ...actor });
  }
}

/** Under what the links of a commit stand. */
export function linksOf(organization: string, { repository, id }: StoredCommit): string {
  return `GROUP_LINK#${organization}#${repository}#${id}`;
}

/** Takes an issue out of the inbox, if it is there. */
export async function leaveInbox(rows: Rows, shortId: string): Promise<void> {
  const entry = { pk: `INBOX#${shortId}`, sk: 'INBOX' };
  if ((await rows.find(entry)) !== undefined) await rows.remove(entry);
}
