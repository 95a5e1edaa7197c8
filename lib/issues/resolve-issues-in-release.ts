import type { App } from '../platform/app.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { changeIssue } from './change-issue.ts';
import { readStandingIssues } from './issue-record-store.ts';
import { planResolveInRelease } from './plan-change.ts';

/** An issue that a release fixes, and the ID of the user whose commit does, if that is known. */
export interface FixedIssue {
  readonly issueId: string;
  readonly actor?: string | undefined;
}

const concurrency = 10;

/**
 * Resolves issues in a release, each once for that release: one that regressed since is not resolved again by the same
 * list. Gives the IDs of those that this call resolved; unknown ones are left out. Asks DynamoDB for everything first
 * (two items an issue, a hundred items a request), then once per issue.
 */
export async function resolveIssuesInRelease(
  app: Pick<App, 'table' | 'clock'>,
  input: { readonly organization: string; readonly release: string; readonly issues: readonly FixedIssue[] },
): Promise<string[]> {
  const { organization, release } = input;
  const once = { release };
  const issues = [...new Map(input.issues.toReversed().map((issue) => [issue.issueId, issue])).values()].toReversed();
  const standing = await readStandingIssues(
    app.table,
    issues.map(({ issueId }) => issueId),
    once,
  );
  const known = issues.filter(({ issueId }) => standing.has(issueId));
  const outcomes = await mapLimited(known, concurrency, async ({ issueId, actor }) => {
    const request = { organization, issueId, actor, once, standing: standing.get(issueId) };
    const { changed } = await changeIssue(app, request, (issue, occasion) =>
      planResolveInRelease(issue, release, occasion),
    );
    return changed ? [issueId] : [];
  });
  return outcomes.flat();
}
