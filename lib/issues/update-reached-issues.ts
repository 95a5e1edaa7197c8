import type { App } from '../platform/app.ts';
import { BadRequestError, InvalidFieldsError, NotFoundError } from '../platform/errors.ts';
import { changeIssue } from './change-issue.ts';
import { findIssueIds } from './find-issue.ts';
import { changedFields, type IssueChangeBody, wishOf } from './issue-change-body.ts';
import type { IssueJson } from './issue-json.ts';
import { readIssues } from './issue-store.ts';
import { type IssueStatus, issueStatuses } from './issue-words.ts';
import { messages } from './messages.ts';
import { type ProjectChoice, reachedIssue, reachedProjects } from './reached-projects.ts';
import { serializeIssues } from './serialize-issue.ts';
import type { IssueRequest } from './show-issue.ts';
import { type IssuesUpdate, planOf, requireWish, updateIssues } from './update-issues.ts';

/** API Gateway waits for 29 seconds; the last batch and the answer need some of them. */
const budgetMs = 20_000;

/** Which issues of the projects are meant; without IDs, status and query all of them. */
export interface IssueSelection extends ProjectChoice {
  /** IDs or short IDs. */
  readonly ids: readonly string[];
  readonly statuses: readonly string[];
  readonly query?: string | undefined;
}

/**
 * Changes many issues of projects within reach, and tells what changed. Nothing is changed when an issue that is named does
 * not exist or is not within reach. When the time does not suffice, sending the same again goes on.
 * @throws NotFoundError, ForbiddenError, InvalidFieldsError, BadRequestError, UnavailableError
 */
export async function updateReachedIssues(
  app: Pick<App, 'table' | 'clock'>,
  { body, ...selection }: IssueSelection & { readonly body: IssueChangeBody },
): Promise<ReturnType<typeof changedFields>> {
  const deadline = app.clock.now() + budgetMs;
  const { organization, viewer, ids, query } = selection;
  const withStatus: IssuesUpdate['withStatus'] = statusOf(selection.statuses) ?? (ids.length === 0 ? 'any' : undefined);
  if (ids.length > 0 && query !== undefined) throw new BadRequestError(messages.idsAndQuery);
  const wish = await wishOf(body, viewer);
  requireWish(wish);
  const projectIds = [...(await reachedProjects(app, selection)).keys()];
  const issueIds = ids.length === 0 ? undefined : await idsOf(app, organization, ids, projectIds);
  const which = { organization, projectIds, issueIds, query, withStatus };
  await updateIssues(app, { ...which, ...wish, actor: viewer.userId, deadline });
  return changedFields(wish);
}

/** Changes one issue within reach, and shows it. @throws NotFoundError, InvalidFieldsError, BadRequestError */
export async function updateReachedIssue(
  app: Pick<App, 'table' | 'clock'>,
  { body, ...request }: IssueRequest & { readonly body: IssueChangeBody },
): Promise<IssueJson> {
  const { organization, viewer } = request;
  const { issue: before, project } = await reachedIssue(app, request);
  const wish = await wishOf(body, viewer);
  requireWish(wish);
  const { issue } = await changeIssue(
    app,
    { organization, issueId: before.id, actor: viewer.userId, standing: { issue: before, marked: false } },
    planOf(wish),
  );
  const [shown] = await serializeIssues(app, issue ? [issue] : [], new Map([[project.id, project]]), viewer);
  if (shown === undefined) throw new NotFoundError(messages.issueUnknown(request.issue));
  return shown;
}

function statusOf(sent: readonly string[]): IssueStatus | undefined {
  if (sent.length === 0) return undefined;
  const [status, ...others] = sent.map((text) => (text === 'muted' ? 'ignored' : text));
  const known = issueStatuses.find((one) => one === status);
  if (known === undefined || others.length > 0) throw new InvalidFieldsError({ status: [messages.withStatusUnknown] });
  return known;
}

async function idsOf(
  app: Pick<App, 'table'>,
  organization: string,
  asked: readonly string[],
  projectIds: readonly string[],
): Promise<string[]> {
  const isId = (text: string): boolean => /^\d{1,20}$/.test(text);
  const byShortId = await findIssueIds(
    app,
    organization,
    asked.filter((text) => !isId(text)),
  );
  const ids = asked.map((text) => (isId(text) ? text : byShortId.get(text)));
  const issues = await readIssues(
    app.table,
    ids.filter((id) => id !== undefined),
  );
  const within = new Set(
    issues
      .filter((issue) => issue.organization === organization && projectIds.includes(issue.projectId))
      .map(({ id }) => id),
  );
  const unknown = asked.filter((_, index) => !within.has(ids[index] ?? ''));
  if (unknown.length > 0) throw new NotFoundError(messages.issuesUnknown(unknown.slice(0, 10)));
  return [...within];
}
