import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { changeIssue } from './change-issue.ts';
import type { Issue } from './issue-store.ts';
import { messages } from './messages.ts';
import { planMarkReviewed, planRemoveFromInbox } from './plan-change.ts';

/** Why an issue leaves the inbox: somebody looked at it, or something else took care of it. */
export type InboxRemoval = 'mark_reviewed' | 'resolved' | 'ignored';

/**
 * Takes an issue out of the inbox. Only when a person marks it reviewed, its activity and history tell so; an issue that
 * is not in the inbox stays as it is.
 * @throws NotFoundError
 */
export async function removeIssueFromInbox(
  app: Pick<App, 'table' | 'clock'>,
  input: {
    readonly organization: string;
    readonly issueId: string;
    readonly action: InboxRemoval;
    readonly actor?: string | undefined;
  },
): Promise<Issue> {
  const plan = input.action === 'mark_reviewed' ? planMarkReviewed : planRemoveFromInbox;
  const { issue } = await changeIssue(app, input, plan);
  if (issue === undefined) throw new NotFoundError(messages.issueUnknown(input.issueId));
  return issue;
}
