import type { ApiAnswer } from '../../support/api.ts';
import type { Given } from './given.ts';
import type { World } from './world.ts';

/** What happened in a case, for whoever looks at the outcome. */
export interface Happening {
  /** What the API answered to the requests of the case, in their order. */
  readonly answers: ApiAnswer[];
  /** What was asked for; texts of refusals repeat parts of it. */
  readonly sent: unknown[];
  /** The release that the case is about. */
  version?: string;
  /** What is known at once, by the key under which a case expects it. */
  readonly facts: Record<string, unknown>;
}

/** Everything that an outcome is judged by. */
export interface Judged extends Happening {
  readonly world: World;
  readonly given: Given;
}

/** Something that can happen, with the release that it is about. */
export interface Stage {
  readonly world: World;
  readonly given: Given;
  readonly happening: Happening;
}

/** The address of the releases of the organization, or of one of them. */
export function releasesPath({ organization }: World, version?: string): string {
  const all = `/api/0/organizations/${organization.slug}/releases/`;
  return version === undefined ? all : `${all}${encodeURIComponent(version)}/`;
}
