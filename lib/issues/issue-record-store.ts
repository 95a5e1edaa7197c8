import * as z from 'zod';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import { sortableNumber } from '../platform/sortable-number.ts';
import { type Item, isThere, type Key, notThere, type Table, type WriteAction } from '../platform/table.ts';
import { issuePartition } from './issue-entry-store.ts';
import { type Issue, issueKey, issueOf, replaceIssue } from './issue-store.ts';
import { activityTypes, historyStatuses } from './issue-words.ts';

const activity = z.object({
  issueId: z.string(),
  /** Revision of the issue that it led to. */
  revision: z.number(),
  type: z.enum(activityTypes),
  at: z.string(),
  /** ID of the user who did it; absent when nobody did. */
  actor: z.string().optional(),
  data: z.record(z.string(), z.string()).optional(),
});

/** Something that was done about an issue, or happened to it, as people read it. */
export type IssueActivity = z.infer<typeof activity>;

const history = z.object({
  issueId: z.string(),
  revision: z.number(),
  status: z.enum(historyStatuses),
  at: z.string(),
  actor: z.string().optional(),
  release: z.string().optional(),
});

/** A change of an issue's state, as it is counted. */
export type IssueHistoryEntry = z.infer<typeof history>;

const activityPrefix = 'ACTIVITY#';
const historyPrefix = 'HISTORY#';

const activityItem = itemType({
  name: 'issue activity',
  schema: activity,
  key: ({ issueId, revision, type }: IssueActivity) => ({
    pk: issuePartition(issueId),
    sk: `${activityPrefix}${sortableNumber(revision)}#${type}`,
  }),
  address: (value) => value,
});

const historyItem = itemType({
  name: 'issue history',
  schema: history,
  key: ({ issueId, revision, status }: IssueHistoryEntry) => ({
    pk: issuePartition(issueId),
    sk: `${historyPrefix}${sortableNumber(revision)}#${status}`,
  }),
  address: (value) => value,
});

const resolvedInItem = itemType({
  name: 'issue resolved in release',
  schema: z.object({ issueId: z.string(), releaseId: z.string(), at: z.string() }),
  key: (at: { issueId: string; releaseId: string }) => ({
    pk: issuePartition(at.issueId),
    sk: `RESOLVED_IN#${at.releaseId}`,
  }),
  address: ({ issueId, releaseId }) => ({ issueId, releaseId }),
  index: ({ issueId, releaseId }) => ({ gsi1pk: resolvedPartition(releaseId), gsi1sk: issueId }),
});

function resolvedPartition(releaseId: string): string {
  return `RELEASE#${releaseId}#RESOLVED_ISSUES`;
}

const commitLink = z.object({
  issueId: z.string(),
  organization: z.string(),
  /** Name of the repository. */
  repository: z.string(),
  commit: z.string(),
  at: z.string(),
});

/** A commit that says that it fixes an issue. */
export type CommitLink = z.infer<typeof commitLink>;

const commitLinkItem = itemType({
  name: 'commit link',
  schema: commitLink,
  key: (at: { issueId: string; repository: string; commit: string }) => ({
    pk: issuePartition(at.issueId),
    sk: `COMMIT#${at.commit}#${at.repository}`,
  }),
  address: ({ issueId, repository, commit }) => ({ issueId, repository, commit }),
  index: (value) => ({ gsi1pk: linksPartition(value), gsi1sk: value.issueId }),
});

function linksPartition(commit: { organization: string; repository: string; commit: string }): string {
  return `ORG#${commit.organization}#COMMIT#${commit.commit}#${commit.repository}`;
}

/**
 * What is done about an issue once: its mark stands there from then on. A release goes by its ID, because one that is
 * deleted and comes again under the same version is another one, which may resolve the issue again.
 */
export type Once = { readonly releaseId: string } | { readonly repository: string; readonly commit: string };

/** A change of an issue with what is told of it. */
export interface IssueChange {
  readonly issue: Issue;
  /** Each by whoever makes the change, unless it says who. */
  readonly activities: readonly Pick<IssueActivity, 'type' | 'data' | 'actor'>[];
  readonly history: readonly Pick<IssueHistoryEntry, 'status' | 'release'>[];
}

/** An issue as it stood, and whether the mark that was asked for stood there too. */
export interface StandingIssue {
  readonly issue: Issue;
  readonly marked: boolean;
}

/** An issue that is asked for, with the mark that is asked for beside it, if any. */
export interface StandingQuestion {
  readonly issueId: string;
  readonly once?: Once | undefined;
}

/** Reads issues, each with its mark, in the order of the questions and in as few requests as there can be. */
export async function readStandingIssues(
  table: Table,
  questions: readonly StandingQuestion[],
): Promise<(StandingIssue | undefined)[]> {
  const keys = questions.flatMap(({ issueId, once }) => [issueKey(issueId), ...(once ? [markKey(issueId, once)] : [])]);
  const items = await table.batchGet(keys, { consistent: true });
  const byName = new Map(items.map((item) => [nameOf(item), item]));
  return questions.map(({ issueId, once }) => {
    const item = byName.get(nameOf(issueKey(issueId)));
    if (item === undefined) return undefined;
    return { issue: issueOf(item), marked: once !== undefined && byName.has(nameOf(markKey(issueId, once))) };
  });
}

/** Who changes an issue, when, and the marks that the change makes (`once`) or the one that it takes away (`undo`). */
export interface ChangeCircumstances {
  readonly at: string;
  readonly actor?: string | undefined;
  readonly once?: Once | readonly Once[] | undefined;
  readonly undo?: Once | undefined;
}

/** The actions of a transaction that make a change visible with all that is told of it: eight at most, and its marks. */
export function changeActions(
  before: Issue,
  change: IssueChange,
  { at, actor, once, undo }: ChangeCircumstances,
): WriteAction[] {
  const { id: issueId, organization, revision } = change.issue;
  const common = { issueId, revision, at, ...(actor !== undefined && { actor }) };
  return [
    ...replaceIssue(before, change.issue),
    ...change.activities.map((told) => ({ put: activityItem.toItem({ ...common, ...told }), onlyIf: notThere })),
    ...change.history.map((entry) => ({ put: historyItem.toItem({ ...common, ...entry }), onlyIf: notThere })),
    ...[once ?? []].flat().map((mark) => ({ put: markItem(issueId, organization, mark, at), onlyIf: notThere })),
    ...(undo === undefined ? [] : [{ delete: markKey(issueId, undo), onlyIf: isThere }]),
  ];
}

/** Makes changes in one transaction. `false` when somebody else was faster, with any of them. */
export async function saveChanges(table: Table, actions: readonly WriteAction[]): Promise<boolean> {
  return happened(table.write(actions));
}

/** What was done about an issue, newest first. */
export async function readActivities(table: Table, issueId: string): Promise<IssueActivity[]> {
  return (await readUnder(table, issueId, activityPrefix)).map(activityItem.fromItem);
}

/** The states that an issue went through, newest first. */
export async function readHistory(table: Table, issueId: string): Promise<IssueHistoryEntry[]> {
  return (await readUnder(table, issueId, historyPrefix)).map(historyItem.fromItem);
}

/** The issues that a commit says it fixes. */
export async function readCommitLinks(
  table: Table,
  commit: { readonly organization: string; readonly repository: string; readonly commit: string },
): Promise<CommitLink[]> {
  const query = { index: 'gsi1', partition: linksPartition(commit) } as const;
  return (await Array.fromAsync(table.queryAll(query))).map(commitLinkItem.fromItem);
}

/** IDs of issues that were resolved in a release, as many as are wanted at most. */
export async function readIdsResolvedIn(table: Table, releaseId: string, most: number): Promise<string[]> {
  const { items } = await table.query({ index: 'gsi1', partition: resolvedPartition(releaseId), limit: most });
  return items.map((item) => resolvedInItem.fromItem(item).issueId);
}

async function readUnder(table: Table, issueId: string, beginsWith: string): Promise<Item[]> {
  const query = { partition: issuePartition(issueId), beginsWith, descending: true, consistent: true };
  return Array.fromAsync(table.queryAll(query));
}

function markKey(issueId: string, once: Once): Key {
  return 'releaseId' in once ? resolvedInItem.key({ issueId, ...once }) : commitLinkItem.key({ issueId, ...once });
}

function markItem(issueId: string, organization: string, once: Once, at: string): Item {
  return 'releaseId' in once
    ? resolvedInItem.toItem({ issueId, ...once, at })
    : commitLinkItem.toItem({ issueId, organization, ...once, at });
}

function nameOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk]);
}
