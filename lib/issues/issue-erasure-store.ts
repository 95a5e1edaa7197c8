import { happened } from '../platform/happened.ts';
import { dynamoTransactionActions } from '../platform/limits.ts';
import { mapLimited } from '../platform/map-limited.ts';
import type { Key, Table } from '../platform/table.ts';
import { entryKeys, issuePartition } from './issue-entry-store.ts';
import { issueSource } from './issue-list-store.ts';
import { type Issue, issueKey, shortIdKey, unchangedSince } from './issue-store.ts';

const issuesAtOnce = 5;

/** Deletes the newest issues of a project with everything that belongs to them, `limit` of them at most. Gives how many it met. */
export async function eraseNewestIssues(
  table: Table,
  list: { readonly organization: string; readonly projectId: string },
  limit: number,
): Promise<number> {
  const issues: Issue[] = [];
  for await (const { item } of issueSource(table, { ...list, inbox: false })({ backwards: false })) {
    if (item !== undefined) issues.push(item);
    if (issues.length === limit) break;
  }
  await mapLimited(issues, issuesAtOnce, (issue) => eraseIssue(table, issue));
  return issues.length;
}

/**
 * The issue itself goes last, and only as it was read before anything else: whoever is interrupted finds it again, and so
 * does whoever was overtaken by a change, which may have left something new beside it.
 */
async function eraseIssue(table: Table, listed: Issue): Promise<void> {
  const own = issueKey(listed.id);
  const [revision, others] = await readPartition(table, listed.id);
  for (let start = 0; start < others.length; start += dynamoTransactionActions) {
    await table.write(others.slice(start, start + dynamoTransactionActions).map((key) => ({ delete: key })));
  }
  const outside = [...entryKeys(listed), shortIdKey(listed)];
  await happened(
    table.write([{ delete: own, onlyIf: unchangedSince(revision) }, ...outside.map((key) => ({ delete: key }))]),
  );
}

async function readPartition(table: Table, issueId: string): Promise<[revision: number | undefined, others: Key[]]> {
  const own = issueKey(issueId);
  const others: Key[] = [];
  let revision: number | undefined;
  for await (const item of table.queryAll({ partition: issuePartition(issueId), consistent: true })) {
    if (item.sk !== own.sk) others.push({ pk: item.pk, sk: item.sk });
    else if (typeof item['revision'] === 'number') revision = item['revision'];
  }
  return [revision, others];
}
