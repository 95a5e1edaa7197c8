import { ForbiddenError, InvalidFieldsError, NotFoundError } from '../platform/errors.ts';
import type { FoundProjects } from './find-projects.ts';
import { messages } from './messages.ts';
import type { Project } from './project-store.ts';

/** Tells whether a caller reaches what belongs to this team, or to none. */
export type ReachesTeam = (team: string | undefined) => boolean;

/** The one project that was asked for. @throws NotFoundError, ForbiddenError when the caller does not reach it */
export function reachedProject({ found: [project], missing }: FoundProjects, reaches: ReachesTeam): Project {
  if (project === undefined) throw new NotFoundError(messages.projectUnknown(missing[0] ?? ''));
  if (!reaches(project.team)) throw new ForbiddenError(messages.projectForbidden);
  return project;
}

/** All the projects that were asked for. @throws InvalidFieldsError naming those that there are not or that the caller does not reach */
export function allReached({ found, missing }: FoundProjects, reaches: ReachesTeam): readonly Project[] {
  const outOfReach = found.filter(({ team }) => !reaches(team)).map(({ slug }) => slug);
  if (missing.length + outOfReach.length === 0) return found;
  throw new InvalidFieldsError({ project: [messages.projectsUnknown([...missing, ...outOfReach])] });
}

/** Refuses to give a project to a team that there is not, or that the caller is not in. @throws InvalidFieldsError */
export function requireKnownTeam(team: string, reached: boolean): void {
  if (!reached) throw new InvalidFieldsError({ team: [messages.teamUnknown(team)] });
}
