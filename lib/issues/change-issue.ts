import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import {
  type IssueChange,
  type Once,
  readStandingIssues,
  type StandingIssue,
  saveChange,
} from './issue-record-store.ts';
import type { Issue } from './issue-store.ts';
import { messages } from './messages.ts';
import type { Occasion } from './plan-change.ts';

/** Each failed attempt means that somebody else's write succeeded, so that few are ever needed. */
const maxAttempts = 10;

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
  plan: (issue: Issue, occasion: Occasion) => IssueChange | undefined,
): Promise<ChangeOutcome> {
  const { organization, issueId, actor, once, undo } = request;
  let standing = request.standing;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    standing ??= (await readStandingIssues(app.table, [issueId], once ?? undo)).get(issueId);
    if (standing === undefined || standing.issue.organization !== organization) {
      return { issue: undefined, changed: false };
    }
    const { issue, marked } = standing;
    if ((once !== undefined && marked) || (undo !== undefined && !marked)) return { issue, changed: false };
    const at = isoTime(app.clock.now());
    const change = plan(issue, { at, actor });
    if (change === undefined) return { issue, changed: false };
    if (await saveChange(app.table, issue, change, { at, actor, once, undo })) {
      return { issue: change.issue, changed: true };
    }
    standing = undefined;
  }
  throw new UnavailableError(messages.tooBusy, 1);
}
