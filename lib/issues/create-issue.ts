import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { NotFoundError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { findProject } from '../projects/index.ts';
import { type Issue, insertIssue, takeIssueNumber } from './issue-store.ts';
import { issueLevels } from './issue-words.ts';
import { messages } from './messages.ts';
import { shortId, shortIdPrefix } from './short-id.ts';

/** What a new issue needs. `release` is the version in which it was seen. */
export const issueInput = z.strictObject({
  organization: z.string(),
  project: z.string(),
  title: z.string().trim().min(1, messages.titleEmpty).max(255),
  level: z.enum(issueLevels).optional(),
  culprit: z.string().trim().min(1).max(200).optional(),
  release: z.string().trim().min(1).max(200).optional(),
});

/** Creates an issue of an existing project, seen now for the first time, in the inbox. @throws NotFoundError */
export async function createIssue(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  { organization, project: named, title, level = 'error', culprit, release }: z.infer<typeof issueInput>,
): Promise<Issue> {
  const project = await findProject(app, organization, named);
  if (project === undefined) throw new NotFoundError(messages.projectUnknown(named));
  const number = await takeIssueNumber(app.table, organization, shortIdPrefix(project.slug));
  const seen = isoTime(app.clock.now());
  return saveWithSnowflakeId(app.ids, 'issue', async (id) => {
    const issue: Issue = {
      id,
      organization,
      projectId: project.id,
      shortId: shortId(project.slug, number),
      status: 'unresolved',
      substatus: 'new',
      level,
      title,
      ...(culprit !== undefined && { culprit }),
      firstSeen: seen,
      lastSeen: seen,
      ...(release !== undefined && { firstRelease: release, lastRelease: release }),
      inbox: { reason: 'new', addedAt: seen },
      revision: 1,
    };
    await insertIssue(app.table, issue);
    return issue;
  });
}
