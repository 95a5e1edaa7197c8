import type { App } from '../platform/app.ts';
import type { IssueJson } from './issue-json.ts';
import { readIdsResolvedIn } from './issue-record-store.ts';
import { readIssues } from './issue-store.ts';
import type { IssueViewer } from './issue-viewer.ts';
import { reachedProjects } from './reached-projects.ts';
import { serializeIssues } from './serialize-issue.ts';

/** Which release, by its ID, who looks at it, and how many issues are enough. */
export interface ResolvedIssuesRequest {
  readonly organization: string;
  readonly releaseId: string;
  readonly viewer: IssueViewer;
  readonly most: number;
}

/**
 * The issues within reach that commits of a release fixed, as they stand now: one that came back since is among them. What
 * only waited for whichever release came next is not. Two requests more than finding out what is within reach.
 */
export async function listResolvedIssues(
  app: Pick<App, 'table'>,
  { organization, releaseId, viewer, most }: ResolvedIssuesRequest,
): Promise<IssueJson[]> {
  const ids = await readIdsResolvedIn(app.table, releaseId, most);
  if (ids.length === 0) return [];
  const [projects, issues] = await Promise.all([
    reachedProjects(app, { organization, viewer }),
    readIssues(app.table, ids),
  ]);
  const there = issues.filter((issue) => issue !== undefined);
  return serializeIssues(app, there, projects, viewer);
}
