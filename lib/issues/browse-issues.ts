import type { App } from '../platform/app.ts';
import type { Page, PageRequest } from '../platform/pagination.ts';
import type { IssueJson } from './issue-json.ts';
import { listIssues } from './list-issues.ts';
import { type ProjectChoice, reachedProjects } from './reached-projects.ts';
import { serializeIssues } from './serialize-issue.ts';

/**
 * A page of the issues of projects within reach, as people see it.
 * @throws InvalidFieldsError, BadRequestError about query and cursor; NotFoundError, ForbiddenError about the project
 */
export async function browseIssues(
  app: Pick<App, 'table'>,
  request: ProjectChoice & { readonly query?: string | undefined; readonly page: PageRequest },
): Promise<Page<IssueJson>> {
  const projects = await reachedProjects(app, request);
  const { organization, query, page } = request;
  const { items, ...cursors } = await listIssues(app, { organization, projectIds: [...projects.keys()], query, page });
  return { ...cursors, items: await serializeIssues(app, items, projects, request.viewer) };
}

/** Events are not kept yet: the list is empty, for whoever may see it. @throws NotFoundError, ForbiddenError about the project */
export async function browseEvents(
  app: Pick<App, 'table'>,
  request: ProjectChoice & { readonly page: PageRequest },
): Promise<Page<never>> {
  await reachedProjects(app, request);
  return { items: [] };
}
