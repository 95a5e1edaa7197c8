import type { App } from '../platform/app.ts';
import { type Lookup, lookUp } from '../platform/lookup.ts';
import { type Project, projectKey, projectOf, readProjects } from './project-store.ts';

/** The active projects that were found, each once, and what was asked for in vain. */
export interface FoundProjects {
  readonly found: readonly Project[];
  readonly missing: readonly string[];
}

/** Asks for projects of an organization, each by its slug or its ID. */
export function projectsLookup(organization: string, slugsOrIds: readonly string[]): Lookup<FoundProjects> {
  const wanted = [...new Set(slugsOrIds)].map((slugOrId) => ({ slugOrId, key: projectKey(organization, slugOrId) }));
  return {
    keys: wanted.flatMap(({ key }) => key ?? []),
    read(itemAt) {
      const found = new Map<string, Project>();
      const missing: string[] = [];
      for (const { slugOrId, key } of wanted) {
        const item = key && itemAt(key);
        const project = item && projectOf(item);
        if (project?.status === 'active') found.set(project.id, project);
        else missing.push(slugOrId);
      }
      return { found: [...found.values()], missing };
    },
  };
}

/** Finds projects of an organization, each by its slug or its ID. */
export async function findProjectsBySlugOrId(
  app: Pick<App, 'table'>,
  organization: string,
  slugsOrIds: readonly string[],
): Promise<FoundProjects> {
  const [projects] = await lookUp(app.table, [projectsLookup(organization, slugsOrIds)]);
  return projects;
}

/** The active project with this slug or ID, with one GetItem. */
export async function findProject(
  app: Pick<App, 'table'>,
  organization: string,
  slugOrId: string,
): Promise<Project | undefined> {
  const key = projectKey(organization, slugOrId);
  const item = key && (await app.table.get(key, { consistent: true }));
  const project = item && projectOf(item);
  return project?.status === 'active' ? project : undefined;
}

/** All active projects of an organization, oldest first. */
export async function listProjects(
  app: Pick<App, 'table'>,
  input: { readonly organization: string },
): Promise<Project[]> {
  return (await readProjects(app.table, input.organization)).filter(({ status }) => status === 'active');
}
