import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Item, Key, Table, WriteAction } from '../platform/table.ts';

/** As much of an issue as decides in which lists beside the issues themselves it stands. */
interface Entered {
  readonly id: string;
  readonly organization: string;
  readonly projectId: string;
  readonly firstRelease?: string | undefined;
  readonly inbox?: { readonly addedAt: string } | undefined;
  readonly resolution?: { readonly status: string; readonly at: string } | undefined;
}

/** The partition of an issue: the issue, its inbox entry, activities, history and what was done about it once. */
export function issuePartition(id: string): string {
  return `ISSUE#${id}`;
}

/** Makes the inbox a list of its own, so that it is read without those that nobody has to look at. */
const inboxItem = itemType({
  name: 'inbox entry',
  schema: z.object({ issueId: z.string(), organization: z.string(), projectId: z.string(), addedAt: z.string() }),
  key: (issueId: string) => ({ pk: issuePartition(issueId), sk: 'INBOX' }),
  address: ({ issueId }) => issueId,
  index: (value) => ({
    gsi1pk: `PROJECT#${value.projectId}#INBOX`,
    gsi1sk: `${value.addedAt}#${value.issueId}`,
    gsi2pk: `ORG#${value.organization}#INBOX`,
    gsi2sk: `${value.addedAt}#${value.issueId}`,
  }),
});

/** In a partition and not in an index: the release that settles it must not overlook what was resolved a moment ago. */
const pendingItem = itemType({
  name: 'pending resolution',
  schema: z.object({ issueId: z.string(), projectId: z.string(), at: z.string() }),
  key: (at: { projectId: string; issueId: string }) => ({ pk: `PROJECT#${at.projectId}#PENDING`, sk: at.issueId }),
  address: ({ projectId, issueId }) => ({ projectId, issueId }),
});

const firstReleaseItem = itemType({
  name: 'issue first seen in release',
  schema: z.object({ organization: z.string(), release: z.string(), issueId: z.string() }),
  key: (at: { organization: string; release: string; issueId: string }) => ({
    pk: firstReleasePartition(at.organization, at.release),
    sk: at.issueId,
  }),
  address: (value) => value,
});

function firstReleasePartition(organization: string, release: string): string {
  return `FIRST_RELEASE#${organization}#${release}`;
}

/** The writes that keep the lists as `after` of an issue wants them; `before` is undefined for a new one. */
export function entryWrites(before: Entered | undefined, after: Entered): WriteAction[] {
  const { id: issueId, organization, projectId, firstRelease: release } = after;
  const [entered, was] = [after.inbox?.addedAt, before?.inbox?.addedAt];
  const [pending, wasPending] = [pendingSince(after), before && pendingSince(before)];
  return [
    ...writesOf(was, entered, inboxItem.key(issueId), (addedAt) =>
      inboxItem.toItem({ issueId, organization, projectId, addedAt }),
    ),
    ...writesOf(wasPending, pending, pendingItem.key({ projectId, issueId }), (at) =>
      pendingItem.toItem({ issueId, projectId, at }),
    ),
    ...(before === undefined && release !== undefined
      ? [{ put: firstReleaseItem.toItem({ organization, release, issueId }) }]
      : []),
  ];
}

/** Where entries of an issue may stand outside its partition. */
export function entryKeys({ id: issueId, organization, projectId, firstRelease: release }: Entered): Key[] {
  return [
    pendingItem.key({ projectId, issueId }),
    ...(release === undefined ? [] : [firstReleaseItem.key({ organization, release, issueId })]),
  ];
}

/** IDs of the project's issues that are resolved as of whichever release comes next. */
export async function readPendingIssueIds(table: Table, projectId: string): Promise<string[]> {
  const { pk: partition } = pendingItem.key({ projectId, issueId: '' });
  const items = await Array.fromAsync(table.queryAll({ partition, consistent: true }));
  return items.map((item) => pendingItem.fromItem(item).issueId);
}

/** Whether an issue was first seen in this release. */
export async function hasFirstReleaseEntry(table: Table, organization: string, release: string): Promise<boolean> {
  const partition = firstReleasePartition(organization, release);
  return (await table.query({ partition, limit: 1, consistent: true })).items.length > 0;
}

/** An inbox entry as the inbox is read. */
export function inboxEntryOf(item: Item): { readonly issueId: string; readonly addedAt: string } {
  return inboxItem.fromItem(item);
}

function pendingSince({ resolution }: Entered): string | undefined {
  return resolution?.status === 'pending' ? resolution.at : undefined;
}

function writesOf(
  before: string | undefined,
  after: string | undefined,
  key: Key,
  itemAt: (time: string) => Item,
): WriteAction[] {
  if (before === after) return [];
  return [after === undefined ? { delete: key } : { put: itemAt(after) }];
}
