import * as z from 'zod';
import { createIssue, issueInput, listIssues } from '../../lib/issues/index.ts';
import { NotFoundError } from '../../lib/platform/errors.ts';
import { findProject } from '../../lib/projects/index.ts';
import { type Commands, command, inOrganization } from './command.ts';

const listInput = inOrganization.extend({ project: z.string().optional(), query: z.string().optional() });

/** Issues: samples to try things with, and the newest that fit a query. */
export const issueCommands: Commands = {
  'issue.create': command(issueInput, createIssue),
  'issue.list': command(listInput, async (app, { organization, project: named, query }) => {
    const project = named === undefined ? undefined : await findProject(app, organization, named);
    if (named !== undefined && project === undefined) {
      throw new NotFoundError(`There is no project "${named}" in this organization.`);
    }
    return (await listIssues(app, { organization, projectIds: project && [project.id], query })).items;
  }),
};
