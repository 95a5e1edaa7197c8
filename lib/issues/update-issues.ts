import type { App } from '../platform/app.ts';
import { BadRequestError } from '../platform/errors.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { changeIssue } from './change-issue.ts';
import type { IssueChange } from './issue-record-store.ts';
import { type Issue, readIssueList } from './issue-store.ts';
import type { IssueStatus } from './issue-words.ts';
import { messages } from './messages.ts';
import {
  type Occasion,
  planBoth,
  planIgnore,
  planMarkReviewed,
  planResolve,
  planResolveInNextRelease,
  planUnresolve,
} from './plan-change.ts';

/** Statuses that can be asked for; `muted` is what some clients call ignored. */
export const wantedStatuses = ['resolved', 'resolvedInNextRelease', 'unresolved', 'ignored', 'muted'] as const;

/** Which issues change, and how. */
export interface IssuesUpdate {
  readonly organization: string;
  /** ID of the one project whose issues are meant. */
  readonly projectId?: string | undefined;
  /** The issues by ID … */
  readonly issueIds?: readonly string[] | undefined;
  /** … or all that have this status, `any` for all of them. With IDs, only those of them that have it. */
  readonly withStatus?: IssueStatus | 'any' | undefined;
  readonly status?: (typeof wantedStatuses)[number] | undefined;
  /** `false` takes them out of the inbox as looked at. */
  readonly inbox?: boolean | undefined;
  /** ID of the user who asks for it. */
  readonly actor?: string | undefined;
}

/** The issues that were found, as they stand now, and the IDs that were not. */
export interface UpdatedIssues {
  readonly issues: readonly Issue[];
  readonly missing: readonly string[];
}

const concurrency = 10;

/** Changes many issues, each in a transaction of its own; what is as asked for already stays. @throws BadRequestError */
export async function updateIssues(app: Pick<App, 'table' | 'clock'>, update: IssuesUpdate): Promise<UpdatedIssues> {
  const { organization, projectId, withStatus, actor } = update;
  if (update.issueIds === undefined && withStatus === undefined) throw new BadRequestError(messages.selectionMissing);
  if (update.inbox === true) throw new BadRequestError(messages.inboxOnlyOut);
  if (update.status === undefined && update.inbox === undefined) throw new BadRequestError(messages.changeMissing);
  const meant = (issue: Issue): boolean =>
    (projectId === undefined || issue.projectId === projectId) &&
    (withStatus === undefined || withStatus === 'any' || issue.status === withStatus);
  const plan = planOf(update);
  const ids = [...new Set(update.issueIds ?? (await idsOf(app, update, meant)))];
  const outcomes = await mapLimited(ids, concurrency, async (issueId) => {
    let included = true;
    const { issue } = await changeIssue(app, { organization, issueId, actor }, (standing, occasion) => {
      included = meant(standing);
      return included ? plan(standing, occasion) : undefined;
    });
    return { issueId, issue: included ? issue : undefined };
  });
  return {
    issues: outcomes.flatMap(({ issue }) => issue ?? []),
    missing: outcomes.flatMap(({ issueId, issue }) => (issue === undefined ? issueId : [])),
  };
}

async function idsOf(
  app: Pick<App, 'table'>,
  { organization, projectId }: IssuesUpdate,
  meant: (issue: Issue) => boolean,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const { issue } of readIssueList(app.table, { organization, projectId, inbox: false })) {
    if (meant(issue)) ids.push(issue.id);
  }
  return ids;
}

type Plan = (issue: Issue, occasion: Occasion) => IssueChange | undefined;

/** Looked at first, so that it is told even when the new status takes the issue out of the inbox anyway. */
function planOf({ status, inbox }: IssuesUpdate): Plan {
  const statusPlan: Plan = status === undefined ? () => undefined : statusPlans[status];
  if (inbox !== false) return statusPlan;
  return (issue, occasion) =>
    planBoth(
      issue,
      (before) => planMarkReviewed(before, occasion),
      (before) => statusPlan(before, occasion),
    );
}

const statusPlans: Readonly<Record<(typeof wantedStatuses)[number], Plan>> = {
  resolved: planResolve,
  resolvedInNextRelease: planResolveInNextRelease,
  unresolved: (issue) => planUnresolve(issue),
  ignored: planIgnore,
  muted: planIgnore,
};
