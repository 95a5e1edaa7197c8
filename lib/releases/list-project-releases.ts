import { type Caller, reachLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import type { Page, PageRequest } from '../platform/pagination.ts';
import { projectsLookup } from '../projects/index.ts';
import { theProject } from './find-release.ts';
import type { ReleaseJson } from './release-json.ts';
import { releasePage } from './release-list-page.ts';
import { type ListScope, releasePlaces } from './release-places.ts';
import { type RowFilter, releaseRows } from './release-rows.ts';

/** Which releases of a project are wanted. */
export interface ProjectReleaseListRequest {
  readonly caller: Caller;
  /** By slug or ID. */
  readonly project: string;
  readonly page: PageRequest;
  /** A part of the version, whatever the case. */
  readonly query: string;
  /** Names of environments; one that nobody knows has no releases. */
  readonly environments: readonly string[];
}

/** A page of a project's open releases, by when they were released, or else added. @throws NotFoundError, ForbiddenError */
export async function listProjectReleases(
  app: Pick<App, 'table'>,
  { caller, project: named, page, query, environments }: ProjectReleaseListRequest,
): Promise<Page<ReleaseJson>> {
  const { organization } = caller;
  const [reach, projects] = await lookUp(app.table, [reachLookup(caller), projectsLookup(organization, [named])]);
  const project = theProject(projects, reach);
  const part = query.trim().toLowerCase();
  const filter: RowFilter = {
    caller,
    fits: ({ status, projectIds }) => status === 'open' && projectIds?.has(project.id) === true,
    known: { reach, projects: [project] },
  };
  const scope: ListScope = {
    organization,
    projectIds: [project.id],
    environments: new Set(environments),
    order: 'released',
    range: {},
    fits: (version) => version.toLowerCase().includes(part),
  };
  return releasePage(page, 'date', (start) =>
    releaseRows(app.table, filter, releasePlaces(app.table, scope, start), start.size),
  );
}
