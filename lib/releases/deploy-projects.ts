import { InvalidParametersError } from '../platform/errors.ts';
import type { Project } from '../projects/index.ts';
import { messages } from './messages.ts';

/** So many of the wrong ones are named; a client that sends thousands is not sent them back. */
const maxNamed = 10;

/**
 * The projects of a release that are named by slug or ID, each once; all of them when none are named.
 * @throws InvalidParametersError naming those that are none of the release's
 */
export function projectsOfDeploy(
  version: string,
  ofRelease: readonly Project[],
  named: readonly string[] | undefined,
): readonly Project[] {
  if (named === undefined) return ofRelease;
  const byName = new Map(ofRelease.flatMap((project) => [[project.slug, project] as const, [project.id, project]]));
  const unknown = [...new Set(named)].filter((name) => !byName.has(name)).slice(0, maxNamed);
  if (unknown.length > 0) {
    throw new InvalidParametersError(messages.projectsNotOfRelease(unknown, version), { context: 'projects' });
  }
  return [...new Set(named.flatMap((name) => byName.get(name) ?? []))];
}
