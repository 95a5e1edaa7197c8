import type { App } from '../platform/app.ts';
import { BadRequestError, UnavailableError } from '../platform/errors.ts';
import type { Plan } from './change-issue.ts';
import { changeIssues, type PlannedChange } from './change-issues.ts';
import { readStandingIssues, type StandingIssue } from './issue-record-store.ts';
import type { Issue } from './issue-store.ts';
import type { IssueStatus, WantedStatus } from './issue-words.ts';
import { issuesThatFit } from './list-issues.ts';
import { messages } from './messages.ts';
import {
  planAll,
  planAssign,
  planIgnore,
  planMarkReviewed,
  planNameRelease,
  planResolve,
  planResolveInNextRelease,
  planUnresolve,
} from './plan-change.ts';

/** How issues are to change; what is not named stays. */
export interface IssueWish {
  readonly status?: WantedStatus | undefined;
  /** Version of the release that has the fix; with the status `resolved`. */
  readonly inRelease?: string | undefined;
  /** `false` takes them out of the inbox as looked at. */
  readonly inbox?: boolean | undefined;
  /** ID of the user who looks after them from now on; `null` for nobody. */
  readonly assignee?: string | null | undefined;
}

/** Which issues change, and how. */
export interface IssuesUpdate extends IssueWish {
  readonly organization: string;
  /** IDs of the projects whose issues are meant; all of them by default. */
  readonly projectIds?: readonly string[] | undefined;
  /** The issues by ID … */
  readonly issueIds?: readonly string[] | undefined;
  /** … or all that have this status, `any` for all of them. With IDs, only those of them that have it. */
  readonly withStatus?: IssueStatus | 'any' | undefined;
  /** Of those that are meant, the ones that fit this query; not together with IDs. */
  readonly query?: string | undefined;
  /** ID of the user who asks for it. */
  readonly actor?: string | undefined;
  /** From this moment on (epoch milliseconds) nothing more is begun. */
  readonly deadline?: number | undefined;
}

/** The issues that were found, as they stand now, and the IDs that were not. */
export interface UpdatedIssues {
  readonly issues: readonly Issue[];
  readonly missing: readonly string[];
}

const issuesAtOnce = 100;

/**
 * Changes many issues; what is as asked for already stays, so that the same can be asked for again after an interruption.
 * @throws BadRequestError, InvalidFieldsError about the query, UnavailableError when the deadline passes before the end
 */
export async function updateIssues(app: Pick<App, 'table' | 'clock'>, update: IssuesUpdate): Promise<UpdatedIssues> {
  const { organization, projectIds, withStatus, actor, issueIds } = update;
  if (issueIds === undefined && withStatus === undefined) throw new BadRequestError(messages.selectionMissing);
  requireWish(update);
  const meant = (issue: Issue): boolean =>
    (projectIds === undefined || projectIds.includes(issue.projectId)) &&
    (withStatus === undefined || withStatus === 'any' || issue.status === withStatus);
  const wished = planOf(update);
  const plan: Plan = (issue, occasion) => (meant(issue) ? wished(issue, occasion) : undefined);
  const issues: Issue[] = [];
  let changed = 0;
  for await (const standing of inBatches(issueIds === undefined ? listed(app, update) : named(app, issueIds))) {
    if (update.deadline !== undefined && app.clock.now() >= update.deadline) {
      throw new UnavailableError(messages.stoppedEarly(changed), 1);
    }
    const changes = standing
      .filter(({ issue }) => issue.organization === organization && meant(issue))
      .map(
        (one): PlannedChange => ({
          request: { organization, issueId: one.issue.id, actor },
          standing: one,
          plan,
        }),
      );
    for (const outcome of await changeIssues(app, changes)) {
      if (outcome.issue !== undefined) issues.push(outcome.issue);
      if (outcome.changed) changed += 1;
    }
  }
  const found = new Set(issues.map(({ id }) => id));
  return { issues, missing: [...new Set(issueIds)].filter((id) => !found.has(id)) };
}

/** @throws BadRequestError when nothing is wished, or what cannot be */
export function requireWish({ status, inbox, assignee }: IssueWish): void {
  if (inbox === true) throw new BadRequestError(messages.inboxOnlyOut);
  if (status === undefined && inbox === undefined && assignee === undefined) {
    throw new BadRequestError(messages.changeMissing);
  }
}

/** As the index has them, which may be a moment ago: a change that does not fit any more reads its issue again. */
async function* listed(app: Pick<App, 'table'>, update: IssuesUpdate): AsyncGenerator<StandingIssue> {
  for await (const { item } of issuesThatFit(app, update)({ backwards: false })) {
    if (item !== undefined) yield { issue: item, marked: false };
  }
}

async function* named(app: Pick<App, 'table'>, issueIds: readonly string[]): AsyncGenerator<StandingIssue> {
  const questions = [...new Set(issueIds)].map((issueId) => ({ issueId }));
  for (const standing of await readStandingIssues(app.table, questions)) {
    if (standing !== undefined) yield standing;
  }
}

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < issuesAtOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What a wish makes of an issue. Looked at first, so that it is told even when the new status empties the inbox anyway. */
export function planOf({ status, inRelease, inbox, assignee }: IssueWish): Plan {
  return (issue, occasion) =>
    planAll(issue, [
      (before) => (inbox === false ? planMarkReviewed(before, occasion) : undefined),
      (before) => {
        if (status === 'resolved' && inRelease !== undefined) return planNameRelease(before, inRelease, occasion);
        return status && statusPlans[status](before, occasion);
      },
      (before) => (assignee === undefined ? undefined : planAssign(before, assignee)),
    ]);
}

const statusPlans: Readonly<Record<WantedStatus, Plan>> = {
  resolved: planResolve,
  resolvedInNextRelease: planResolveInNextRelease,
  unresolved: (issue) => planUnresolve(issue),
  ignored: planIgnore,
  muted: planIgnore,
};
