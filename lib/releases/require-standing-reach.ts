import type { Caller, Reach } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { ForbiddenError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Project, projectsLookup } from '../projects/index.ts';
import { messages } from './messages.ts';
import type { ReleaseBody } from './release-body.ts';
import type { Release } from './release-record.ts';

/** What somebody wants of a release that may stand already. */
export interface StandingRequest {
  readonly caller: Caller;
  readonly body: ReleaseBody;
  /** Absent for a release that is new. */
  readonly standing: Release | undefined;
  readonly reach: Reach;
  /** The projects that the request names, all of them within reach. */
  readonly named: readonly Project[];
}

/** What they may do with it. */
export interface StandingReach {
  /** The projects that are known now: those that were named, and those of the release if they had to be read. */
  readonly known: readonly Project[];
  /** Whether the release is for others to change: then it gets the projects that were named and nothing else. */
  readonly attachOnly: boolean;
}

/**
 * Keeps a release that stands for those who reach one of its projects; others may give it projects of theirs and no more.
 * A release of no project that still is belongs to everybody. Reads only when the release has projects and none of them
 * was named.
 * @throws ForbiddenError when anything else of it is to change, or when no project is named at all
 */
export async function requireStandingReach(
  app: Pick<App, 'table'>,
  { caller, body, standing, reach, named }: StandingRequest,
): Promise<StandingReach> {
  const ids = [...(standing?.projectIds ?? [])];
  // Who has named one of its projects reaches it; so does an organization's token, which names none to see nothing new.
  const passes = named.some(({ id }) => ids.includes(id)) || (caller.userId === undefined && named.length > 0);
  if (standing === undefined || ids.length === 0 || passes) return { known: named, attachOnly: false };
  const [{ found }] = await lookUp(app.table, [projectsLookup(standing.organization, ids)]);
  const known = [...named, ...found];
  if (found.length === 0 || found.some(({ team }) => reach(team))) return { known, attachOnly: false };
  if (named.length === 0 || changesMore(body)) throw new ForbiddenError(messages.releaseForbidden);
  return { known, attachOnly: true };
}

/** When it was started is left out of this: clients send that with every release, and here it is passed over. */
function changesMore({ status, ref, url, dateReleased, owner, commits, refs, headCommits }: ReleaseBody): boolean {
  const said = [status, ref, url, dateReleased, owner].some(Boolean);
  return said || [commits, refs, headCommits].some((list) => list !== undefined && list.length > 0);
}
