import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import { IdTakenError } from '../platform/save-with-snowflake-id.ts';
import {
  ConditionFailedError,
  type Item,
  type Key,
  notThere,
  type Table,
  type WriteAction,
} from '../platform/table.ts';
import { inboxReasons, issueLevels, issueStatuses, issueSubstatuses } from './issue-words.ts';

const issue = z.object({
  id: z.string(),
  organization: z.string(),
  projectId: z.string(),
  shortId: z.string(),
  status: z.enum(issueStatuses),
  substatus: z.enum(issueSubstatuses).nullable(),
  level: z.enum(issueLevels),
  title: z.string(),
  culprit: z.string().optional(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  firstRelease: z.string().optional(),
  lastRelease: z.string().optional(),
  /** Absent when nobody has to look at it. */
  inbox: z.object({ reason: z.enum(inboxReasons), addedAt: z.string() }).optional(),
  /** How it was resolved; absent when nothing more is known than that it is, or when it is not. */
  resolution: z
    .object({
      type: z.enum(['in_release', 'in_next_release']),
      status: z.enum(['resolved', 'pending']),
      release: z.string().optional(),
      actor: z.string().optional(),
      at: z.string(),
    })
    .optional(),
  resolvedAt: z.string().optional(),
  /** ID of the user who looks after it. */
  assignee: z.string().optional(),
  /** Goes up with every change; a write under an old number is refused. */
  revision: z.number(),
});

/** Something that goes wrong, again and again, in one project. */
export type Issue = z.infer<typeof issue>;

const issueItem = itemType({
  name: 'issue',
  schema: issue,
  key: (id: string) => ({ pk: issuePartition(id), sk: 'ISSUE' }),
  address: ({ id }) => id,
  index: (value) => ({
    gsi1pk: `PROJECT#${value.projectId}#ISSUES`,
    gsi1sk: `${value.lastSeen}#${value.id}`,
    gsi2pk: `ORG#${value.organization}#ISSUES`,
    gsi2sk: `${value.lastSeen}#${value.id}`,
  }),
});

const shortIdItem = itemType({
  name: 'short ID of an issue',
  schema: z.object({ organization: z.string(), shortId: z.string(), issueId: z.string() }),
  key: (at: { organization: string; shortId: string }) => ({
    pk: `ORG#${at.organization}`,
    sk: `SHORT_ID#${at.shortId}`,
  }),
  address: ({ organization, shortId }) => ({ organization, shortId }),
});

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

/** The partition of an issue: the issue, its inbox entry, activities, history and what was done about it once. */
export function issuePartition(id: string): string {
  return `ISSUE#${id}`;
}

/** Where an issue stands; for reads that take more than issues. */
export const issueKey = (id: string): Key => issueItem.key(id);

/** The issue in an item that was read at `issueKey`. */
export const issueOf = (item: Item): Issue => issueItem.fromItem(item);

/** The issues with these IDs, in no order; unknown ones are missing. */
export async function readIssues(table: Table, ids: readonly string[]): Promise<Issue[]> {
  return (await table.batchGet(ids.map(issueKey), { consistent: true })).map(issueOf);
}

/** IDs of the issues with these short IDs, by short ID; unknown ones are missing. */
export async function readIssueIds(
  table: Table,
  organization: string,
  shortIds: readonly string[],
): Promise<Map<string, string>> {
  const keys = shortIds.map((shortId) => shortIdItem.key({ organization, shortId }));
  const found = (await table.batchGet(keys, { consistent: true })).map(shortIdItem.fromItem);
  return new Map(found.map(({ shortId, issueId }) => [shortId, issueId]));
}

/**
 * The next number under a prefix, given out once. The counter belongs to the prefix, so that a project that takes the
 * slug of a deleted one goes on counting and no short ID ever means two issues.
 */
export function takeIssueNumber(table: Table, organization: string, prefix: string): Promise<number> {
  const key = { pk: `ORG#${organization}`, sk: `ISSUE_COUNTER#${prefix}` };
  return table.increment(key, 'last', 'issue counter');
}

/** Stores a new issue with its short ID and its place in the inbox. @throws IdTakenError */
export async function insertIssue(table: Table, value: Issue): Promise<void> {
  const { organization, shortId, id: issueId } = value;
  try {
    await table.write([
      { put: issueItem.toItem(value), onlyIf: notThere },
      { put: shortIdItem.toItem({ organization, shortId, issueId }), onlyIf: notThere },
      ...inboxWrites(undefined, value),
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    throw new IdTakenError('The ID is taken by another issue.', { cause: error });
  }
}

/** The writes that make `after` of an issue, refused when it is not as it was `before` any more. */
export function replaceIssue(before: Issue, after: Issue): WriteAction[] {
  return [
    {
      put: issueItem.toItem(after),
      onlyIf: {
        expression: '#revision = :before',
        names: { '#revision': 'revision' },
        values: { ':before': before.revision },
      },
    },
    ...inboxWrites(before, after),
  ];
}

function inboxWrites(before: Issue | undefined, after: Issue): WriteAction[] {
  if (after.inbox === undefined) return before?.inbox === undefined ? [] : [{ delete: inboxItem.key(after.id) }];
  const { id: issueId, organization, projectId } = after;
  return [{ put: inboxItem.toItem({ issueId, organization, projectId, addedAt: after.inbox.addedAt }) }];
}

/** Which list of issues: of an organization or of one of its projects, all of them or the inbox. */
export interface IssueList {
  readonly organization: string;
  readonly projectId?: string | undefined;
  readonly inbox: boolean;
}

/** An issue with its place in the list that it was read from; the place stays good when others come and go. */
export interface ListedIssue {
  readonly issue: Issue;
  readonly position: string;
}

/** Issues of a list, newest first, from behind a position on; they are read in pages as far as they are asked for. */
export async function* readIssueList(table: Table, list: IssueList, after?: string): AsyncGenerator<ListedIssue> {
  const index = list.projectId === undefined ? 'gsi2' : 'gsi1';
  const owner = list.projectId === undefined ? `ORG#${list.organization}` : `PROJECT#${list.projectId}`;
  const partition = `${owner}#${list.inbox ? 'INBOX' : 'ISSUES'}`;
  const keyOf = list.inbox ? inboxItem.key : issueItem.key;
  let from: Readonly<Record<string, unknown>> | undefined =
    after === undefined
      ? undefined
      : { [`${index}pk`]: partition, [`${index}sk`]: after, ...keyOf(after.slice(after.lastIndexOf('#') + 1)) };
  do {
    const query = { index, partition, descending: true, limit: 100 } as const;
    const page = await table.query(from === undefined ? query : { ...query, from });
    yield* list.inbox ? await issuesOfEntries(table, page.items) : page.items.map(issueOf).map(listed);
    from = page.next;
  } while (from !== undefined);
}

function listed(value: Issue): ListedIssue {
  return { issue: value, position: `${value.lastSeen}#${value.id}` };
}

async function issuesOfEntries(table: Table, items: readonly Item[]): Promise<ListedIssue[]> {
  const entries = items.map(inboxItem.fromItem);
  const found = await readIssues(
    table,
    entries.map(({ issueId }) => issueId),
  );
  const byId = new Map(found.map((value) => [value.id, value]));
  return entries.flatMap(({ issueId, addedAt }) => {
    const value = byId.get(issueId);
    return value === undefined ? [] : [{ issue: value, position: `${addedAt}#${issueId}` }];
  });
}
