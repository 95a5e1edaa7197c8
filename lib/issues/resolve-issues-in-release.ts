import type { App } from '../platform/app.ts';
import { changeIssues } from './change-issues.ts';
import { readStandingIssues, type StandingIssue } from './issue-record-store.ts';
import { planResolveInRelease } from './plan-change.ts';

/** An issue that a release fixes, and the ID of the user whose commit does, if that is known. */
export interface FixedIssue {
  readonly issueId: string;
  readonly actor?: string | undefined;
  /** As `linkCommits` for this release has just left it, which saves reading it. */
  readonly standing?: StandingIssue | undefined;
}

/**
 * Resolves issues in a release, each once for that release: one that regressed since is not resolved again by the same
 * list. Gives the IDs of those that this call resolved; unknown ones are left out. Asks DynamoDB for everything that is
 * not known yet first (two items an issue, a hundred items a request), then once per ten issues.
 */
export async function resolveIssuesInRelease(
  app: Pick<App, 'table' | 'clock'>,
  input: {
    readonly organization: string;
    /** Version of the release, as the issues tell it. */
    readonly release: string;
    readonly releaseId: string;
    readonly issues: readonly FixedIssue[];
  },
): Promise<string[]> {
  const { organization, release, releaseId } = input;
  const once = { releaseId };
  // The first that names an issue says who fixed it, the last how it stands now.
  const issues = new Map<string, FixedIssue>();
  for (const issue of input.issues) {
    const { actor, standing } = issues.get(issue.issueId) ?? issue;
    issues.set(issue.issueId, { ...issue, actor, standing: issue.standing ?? standing });
  }
  const unread = [...issues.values()].filter(({ standing }) => standing === undefined);
  const read = await readStandingIssues(
    app.table,
    unread.map(({ issueId }) => ({ issueId, once })),
  );
  const found = new Map(unread.map(({ issueId }, index) => [issueId, read[index]]));
  const outcomes = await changeIssues(
    app,
    [...issues.values()].map(({ issueId, actor, standing }) => ({
      request: { organization, issueId, actor, once },
      standing: standing ?? found.get(issueId),
      plan: (issue, occasion) => planResolveInRelease(issue, release, occasion),
    })),
  );
  return outcomes.flatMap(({ issue, changed }) => (changed && issue ? [issue.id] : []));
}
