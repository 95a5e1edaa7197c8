import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { changeIssue } from './change-issue.ts';
import type { Issue } from './issue-store.ts';
import { messages } from './messages.ts';
import { planRegress } from './plan-change.ts';

/** Opens a resolved issue that was seen again, and puts it into the inbox; one that is not resolved stays. @throws NotFoundError */
export async function markRegressed(
  app: Pick<App, 'table' | 'clock'>,
  input: { readonly organization: string; readonly issueId: string; readonly release?: string | undefined },
): Promise<Issue> {
  const { organization, issueId, release } = input;
  const { issue } = await changeIssue(app, { organization, issueId }, (standing, occasion) =>
    planRegress(standing, release, occasion),
  );
  if (issue === undefined) throw new NotFoundError(messages.issueUnknown(issueId));
  return issue;
}
