import {
  type Caller,
  type MemberProfile,
  memberProfileLookup,
  type Reach,
  reachLookup,
} from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { type FoundProjects, type Project, projectsLookup } from '../projects/index.ts';
import { messages } from './messages.ts';
import type { Release } from './release-record.ts';
import { releaseLookup } from './release-store.ts';
import { versionProblem } from './version-field.ts';

/** Which release is meant, and who wants it. */
export interface ReleaseAddressed {
  readonly caller: Caller;
  readonly organization: string;
  readonly version: string;
  /** The project in the address, by slug or ID, when there is one: then the release has to be one of its. */
  readonly project?: string | undefined;
}

/** A release that the caller reaches, with what is needed to show it. */
export interface FoundRelease {
  readonly release: Release;
  /** Its projects that still are. */
  readonly projects: readonly Project[];
  /** Those of them that the caller reaches: of the others they are told nothing. */
  readonly reached: readonly Project[];
  readonly owner: MemberProfile | undefined;
  readonly reach: Reach;
}

/**
 * Finds a release for a caller who reaches at least one of its projects; one without projects is therefore found by nobody.
 * Asks DynamoDB twice.
 * @throws NotFoundError for the release, and for the project in the address; ForbiddenError for a project out of reach
 */
export async function requireRelease(
  app: Pick<App, 'table'>,
  { caller, organization, version, project }: ReleaseAddressed,
): Promise<FoundRelease> {
  // Whatever can be no version is none, and need not be looked for.
  if (versionProblem(version) !== undefined) throw new NotFoundError(messages.releaseNotFound);
  const [reach, named, release] = await lookUp(app.table, [
    reachLookup(caller),
    projectsLookup(organization, project === undefined ? [] : [project]),
    releaseLookup(organization, version),
  ]);
  const inAddress = project === undefined ? undefined : theProject(named, reach);
  if (release === undefined || (inAddress !== undefined && !release.projectIds?.has(inAddress.id))) {
    throw new NotFoundError(messages.releaseNotFound);
  }
  const [{ found }, owner] = await lookUp(app.table, [
    projectsLookup(organization, [...(release.projectIds ?? [])]),
    memberProfileLookup(organization, release.ownerId),
  ]);
  const reached = found.filter(({ team }) => reach(team));
  if (reached.length === 0) throw new NotFoundError(messages.releaseNotFound);
  return { release, projects: found, reached, owner, reach };
}

/** The one project that an address names. @throws NotFoundError, ForbiddenError */
export function theProject({ found: [project] }: FoundProjects, reach: Reach): Project {
  if (project === undefined) throw new NotFoundError(messages.projectNotFound);
  if (!reach(project.team)) throw new ForbiddenError(messages.projectForbidden);
  return project;
}
