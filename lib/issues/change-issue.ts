import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import {
  changeActions,
  type IssueChange,
  type Once,
  readStandingIssues,
  type StandingIssue,
  saveChanges,
} from './issue-record-store.ts';
import type { Issue } from './issue-store.ts';
import { messages } from './messages.ts';
import type { Occasion } from './plan-change.ts';

/** Each failed attempt means that somebody else's write succeeded: as many builds may name one issue at the same moment. */
const maxAttempts = 60;

/** Which issue is changed by whom, what happens once only (`once`), or what is taken back that happened (`undo`). */
export interface ChangeRequest {
  readonly organization: string;
  readonly issueId: string;
  readonly actor?: string | undefined;
  readonly once?: Once;
  readonly undo?: Once;
  /** As it was just read, when it was. */
  readonly standing?: StandingIssue | undefined;
}

/** What becomes of an issue; nothing when it is as it should be. */
export type Plan = (issue: Issue, occasion: Occasion) => IssueChange | undefined;

/** What became of a change: the issue as it stands now, undefined when there is none, and whether this changed it. */
export interface ChangeOutcome {
  readonly issue: Issue | undefined;
  readonly changed: boolean;
}

/**
 * Changes an issue as planned for the state in which it is; when somebody else changes it in between, it is read and
 * planned again. What is to happen once, and did, changes nothing.
 */
export async function changeIssue(
  app: Pick<App, 'table' | 'clock'>,
  request: ChangeRequest,
  plan: Plan,
): Promise<ChangeOutcome> {
  const { issueId, once, undo } = request;
  let standing = request.standing;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (standing === undefined) [standing] = await readStandingIssues(app.table, [{ issueId, once: once ?? undo }]);
    const at = isoTime(app.clock.now());
    const change = plannedChange(request, standing, plan, at);
    if (change === undefined || standing === undefined) return unchanged(request, standing);
    if (await saveChanges(app.table, changeActions(standing.issue, change, { ...request, at }))) {
      return { issue: change.issue, changed: true };
    }
    standing = undefined;
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

/** What is to be done about an issue that stands so; undefined for nothing. */
export function plannedChange(
  { organization, actor, once, undo }: ChangeRequest,
  standing: StandingIssue | undefined,
  plan: Plan,
  at: string,
): IssueChange | undefined {
  if (standing?.issue.organization !== organization) return undefined;
  if ((once !== undefined && standing.marked) || (undo !== undefined && !standing.marked)) return undefined;
  return plan(standing.issue, { at, actor });
}

/** The outcome of a change that had nothing to do. */
export function unchanged({ organization }: ChangeRequest, standing: StandingIssue | undefined): ChangeOutcome {
  return { issue: standing?.issue.organization === organization ? standing.issue : undefined, changed: false };
}
