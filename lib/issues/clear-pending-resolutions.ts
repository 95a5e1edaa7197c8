import type { App } from '../platform/app.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { changeIssues } from './change-issues.ts';
import { readPendingIssueIds } from './issue-entry-store.ts';
import { readStandingIssues } from './issue-record-store.ts';
import { planSettle } from './plan-change.ts';

const projectsAtOnce = 5;

/** A release that projects have now. */
export interface ComeRelease {
  readonly organization: string;
  readonly projectIds: readonly string[];
  readonly release: string;
  /** When it came to these projects: what was resolved later waits for the next one. By default it came just now. */
  readonly addedAt?: string | undefined;
}

/**
 * Gives resolutions "in the next release" the release that they waited for, in all issues of these projects. An issue that
 * was opened again since stays open, and twice is once. Gives the IDs of those that this call settled.
 *
 * One request per project when nothing waits; else one more per hundred issues, and one per ten.
 */
export async function clearPendingResolutions(
  app: Pick<App, 'table' | 'clock'>,
  { organization, projectIds, release, addedAt }: ComeRelease,
): Promise<string[]> {
  const waiting = await mapLimited([...new Set(projectIds)], projectsAtOnce, (projectId) =>
    readPendingIssueIds(app.table, projectId),
  );
  const ids = waiting.flat();
  if (ids.length === 0) return [];
  const standing = await readStandingIssues(
    app.table,
    ids.map((issueId) => ({ issueId })),
  );
  const outcomes = await changeIssues(
    app,
    ids.map((issueId, index) => ({
      request: { organization, issueId },
      standing: standing[index],
      plan: (issue) => planSettle(issue, { release, addedAt }),
    })),
  );
  return outcomes.flatMap(({ issue, changed }) => (changed && issue ? [issue.id] : []));
}
