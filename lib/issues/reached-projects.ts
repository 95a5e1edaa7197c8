import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { allReached, listProjects, type Project, projectsLookup, reachedProject } from '../projects/index.ts';
import { findIssue } from './find-issue.ts';
import type { Issue } from './issue-store.ts';
import type { IssueViewer } from './issue-viewer.ts';
import { messages } from './messages.ts';

/** Which projects' issues are meant: the one that the address names, those that the query names, or all within reach. */
export interface ProjectChoice {
  readonly organization: string;
  /** Slug or ID. */
  readonly project?: string | undefined;
  /** Slugs or IDs; none of them, or `-1`, for all. */
  readonly projects?: readonly string[] | undefined;
  readonly viewer: IssueViewer;
}

/**
 * The projects that are meant, by ID.
 * @throws NotFoundError, ForbiddenError about the one of the address, InvalidFieldsError about those of the query
 */
export async function reachedProjects(
  app: Pick<App, 'table'>,
  choice: ProjectChoice,
): Promise<ReadonlyMap<string, Project>> {
  const { organization, project, projects = [], viewer } = choice;
  if (project === undefined && (projects.length === 0 || projects.includes('-1'))) {
    const [[reach], all] = await Promise.all([lookUp(app.table, [viewer.reach]), listProjects(app, { organization })]);
    return byId(all.filter(({ team }) => reach(team)));
  }
  const named = project === undefined ? projects : [project];
  const [reach, found] = await lookUp(app.table, [viewer.reach, projectsLookup(organization, named)]);
  return byId(project === undefined ? allReached(found, reach) : [reachedProject(found, reach)]);
}

/** An issue by ID or short ID, and its project. @throws NotFoundError also when it is not within reach */
export async function reachedIssue(
  app: Pick<App, 'table'>,
  request: { readonly organization: string; readonly issue: string; readonly viewer: IssueViewer },
): Promise<{ readonly issue: Issue; readonly project: Project }> {
  const { organization, viewer } = request;
  const issue = await findIssue(app, request).catch(async (error: unknown) => {
    // Who has left the organization is told that, and not which issues there are.
    await lookUp(app.table, [viewer.reach]);
    throw error;
  });
  const [reach, { found }] = await lookUp(app.table, [viewer.reach, projectsLookup(organization, [issue.projectId])]);
  const [project] = found;
  if (project === undefined || !reach(project.team)) throw new NotFoundError(messages.issueUnknown(request.issue));
  return { issue, project };
}

function byId(projects: readonly Project[]): ReadonlyMap<string, Project> {
  return new Map(projects.map((project) => [project.id, project]));
}
