import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { hexDigits, type RandomText } from '../platform/random-text.ts';
import { messages } from './messages.ts';
import { type Project, projectKey, projectOf, retireProject } from './project-store.ts';

/**
 * Marks a project, named by slug or ID, for deletion: it disappears at once, its slug can be used again and its key
 * takes no more data. Deleting by ID what is deleted already changes nothing.
 * @throws NotFoundError
 */
export async function deleteProject(
  app: Pick<App, 'table'> & { readonly randomText: RandomText },
  input: { readonly organization: string; readonly project: string },
): Promise<Project> {
  const key = projectKey(input.organization, input.project);
  const item = key && (await app.table.get(key, { consistent: true }));
  if (item === undefined) throw new NotFoundError(messages.projectUnknown(input.project));
  const project = projectOf(item);
  if (project.status === 'pending-deletion') return project;
  const deleted: Project = {
    ...project,
    status: 'pending-deletion',
    slug: app.randomText(hexDigits, 32),
    formerSlug: project.slug,
  };
  if (await retireProject(app.table, project, deleted)) return deleted;
  // Somebody else deleted it at the same moment, which is as good.
  return deleteProject(app, { ...input, project: project.id });
}
