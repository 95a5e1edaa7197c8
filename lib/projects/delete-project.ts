import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { ForbiddenError, NotFoundError } from '../platform/errors.ts';
import type { Queue } from '../platform/queue.ts';
import { hexDigits, type RandomText } from '../platform/random-text.ts';
import { messages } from './messages.ts';
import { type Project, projectKey, projectOf, retireProject } from './project-store.ts';
import type { ReachesTeam } from './reached-project.ts';
import { readRetiredSlug } from './retired-slug-store.ts';

/** What the deletions queue carries: the project that is to be erased. */
export const deletionMessageSchema = z.object({ organization: z.string().min(1), projectId: z.string().min(1) });

/** What the deletions queue carries. */
export type DeletionMessage = z.infer<typeof deletionMessageSchema>;

/** What deleting a project needs. */
export type DeletionApp = Pick<App, 'table'> & {
  readonly randomText: RandomText;
  readonly deletions: Queue<DeletionMessage>;
};

/**
 * Deletes a project, named by slug or ID: it disappears at once, its slug can be used again and its key takes no more
 * data; everything of it is erased a moment later. Deleting what is deleted already changes nothing, but asks for the erasure
 * again, in case that got lost; by its slug until that is another's, or everything is erased.
 * @throws NotFoundError, ForbiddenError for an internal one and for who does not reach it
 */
export async function deleteProject(
  app: DeletionApp,
  input: { readonly organization: string; readonly project: string; readonly reaches?: ReachesTeam },
): Promise<Project> {
  const project = await markProject(app, input);
  if (project.status === 'pending-deletion') {
    await app.deletions.send([{ organization: project.organization, projectId: project.id }]);
  }
  return project;
}

async function markProject(
  app: DeletionApp,
  input: { readonly organization: string; readonly project: string; readonly reaches?: ReachesTeam },
): Promise<Project> {
  const project = await findAnyProject(app, input);
  if (project === undefined) throw new NotFoundError(messages.projectUnknown(input.project));
  if (input.reaches?.(project.team) === false) throw new ForbiddenError(messages.projectForbidden);
  if (project.status !== 'active') return project;
  if (project.isInternal) throw new ForbiddenError(messages.projectInternal);
  const deleted: Project = {
    ...project,
    status: 'pending-deletion',
    slug: app.randomText(hexDigits, 32),
    formerSlug: project.slug,
  };
  if (await retireProject(app.table, project, deleted)) return deleted;
  // Somebody else changed or deleted it at the same moment: what they left decides.
  return markProject(app, { ...input, project: project.id });
}

/** The project with this slug or ID, deleted or not. */
async function findAnyProject(
  app: Pick<App, 'table'>,
  { organization, project: named }: { readonly organization: string; readonly project: string },
): Promise<Project | undefined> {
  const key = projectKey(organization, named);
  if (key === undefined) return undefined;
  const item = await app.table.get(key, { consistent: true });
  if (item !== undefined) return projectOf(item);
  const id = await readRetiredSlug(app.table, { organization, slug: named });
  return id === undefined ? undefined : findAnyProject(app, { organization, project: id });
}
