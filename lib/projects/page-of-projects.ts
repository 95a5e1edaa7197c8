import type { App } from '../platform/app.ts';
import { type Page, type PageRequest, readPage } from '../platform/pagination.ts';
import { type Project, projectSource } from './project-store.ts';
import type { ReachesTeam } from './reached-project.ts';

/** A page of the active projects that a caller reaches, oldest first; of those of one team when it is named. */
export async function pageOfProjects(
  app: Pick<App, 'table'>,
  input: {
    readonly organization: string;
    readonly page: PageRequest;
    readonly reaches: ReachesTeam;
    readonly team?: string;
  },
): Promise<Page<Project>> {
  const { team, reaches } = input;
  const fits = (project: Project): boolean =>
    project.status === 'active' && (team === undefined || project.team === team) && reaches(project.team);
  return readPage(input.page, projectSource(app.table, input.organization, fits));
}
