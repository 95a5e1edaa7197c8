import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { IdTakenError } from '../platform/save-with-snowflake-id.ts';
import { type Condition, type Item, type Key, notThere, type Table, type WriteAction } from '../platform/table.ts';
import { entryWrites, issuePartition } from './issue-entry-store.ts';
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
  /** IDs of the users who want to hear of it, in the order in which they came to it; absent for nobody. */
  subscribers: z.array(z.string()).optional(),
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

/** Where the short ID of an issue stands. */
export const shortIdKey = ({ organization, shortId }: Issue): Key => shortIdItem.key({ organization, shortId });

/** Stores a new issue with its short ID and its place in the lists. @throws IdTakenError */
export async function insertIssue(table: Table, value: Issue): Promise<void> {
  const { organization, shortId, id: issueId } = value;
  await orRefuse(
    table.write([
      { put: issueItem.toItem(value), onlyIf: notThere },
      { put: shortIdItem.toItem({ organization, shortId, issueId }), onlyIf: notThere },
      ...entryWrites(undefined, value),
    ]),
    (why) => new IdTakenError('The ID is taken by another issue.', why),
  );
}

/** The writes that make `after` of an issue, refused when it is not as it was `before` any more. */
export function replaceIssue(before: Issue, after: Issue): WriteAction[] {
  return [{ put: issueItem.toItem(after), onlyIf: unchangedSince(before.revision) }, ...entryWrites(before, after)];
}

/** That an issue stands as it was read; without a revision that there is none. */
export function unchangedSince(revision: number | undefined): Condition {
  if (revision === undefined) return notThere;
  return {
    expression: '#revision = :before',
    names: { '#revision': 'revision' },
    values: { ':before': revision },
  };
}
