import type * as z from 'zod';
import type { App } from '../platform/app.ts';
import { ConflictError, NotFoundError, UnavailableError } from '../platform/errors.ts';
import { findProject } from './find-projects.ts';
import { messages } from './messages.ts';
import type { projectChangesBody } from './project-body.ts';
import { type Project, replaceProject, SlugTakenError } from './project-store.ts';

/** What to change of a project; `team` is the slug of one that exists. */
export type ProjectChanges = z.infer<typeof projectChangesBody> & { readonly isInternal?: boolean | undefined };

const attempts = 5;

/**
 * Changes what is named of an active project, named by slug or ID. Everything refers to its ID, so that another slug
 * changes nothing else.
 * @throws NotFoundError, ConflictError when the slug is taken, UnavailableError when others keep changing it
 */
export async function updateProject(
  app: Pick<App, 'table'>,
  { organization, project: named, changes }: { organization: string; project: string; changes: ProjectChanges },
): Promise<Project> {
  let wanted = named;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await findProject(app, organization, wanted);
    if (before === undefined) throw new NotFoundError(messages.projectUnknown(named));
    // From here on it is named by its ID: somebody else may change its slug.
    wanted = before.id;
    const next = changed(before, changes);
    if (sameProject(before, next)) return before;
    try {
      if (await replaceProject(app.table, before, next)) return next;
    } catch (error) {
      if (error instanceof SlugTakenError) throw new ConflictError(messages.slugTaken(next.slug), { cause: error });
      throw error;
    }
  }
  throw new UnavailableError(messages.tooBusy, 1);
}

function changed(project: Project, changes: ProjectChanges): Project {
  const { team, platform, isInternal, ...others } = project;
  const nextTeam = changes.team === undefined ? team : changes.team;
  const nextPlatform = changes.platform === undefined ? platform : changes.platform;
  const nextInternal = changes.isInternal ?? isInternal;
  return {
    ...others,
    slug: changes.slug ?? project.slug,
    name: changes.name ?? project.name,
    ...(nextTeam && { team: nextTeam }),
    ...(nextPlatform && { platform: nextPlatform }),
    ...(nextInternal && { isInternal: nextInternal }),
    revision: (project.revision ?? 0) + 1,
  };
}

/** Whether nothing but the revision differs. */
function sameProject(one: Project, other: Project): boolean {
  const fields = ['slug', 'name', 'team', 'platform', 'isInternal'] as const;
  return fields.every((field) => (one[field] || undefined) === (other[field] || undefined));
}
