import type { Table } from '../platform/table.ts';
import { readLinks } from './release-link-store.ts';
import type { Release } from './release-record.ts';
import { releasePosition } from './release-store.ts';

/** Where a release stands among those of a project, by the time at which they were added. */
export interface CurrentProjectMeta {
  readonly prevReleaseVersion: string | null;
  readonly nextReleaseVersion: string | null;
  readonly firstReleaseVersion: string | null;
  readonly lastReleaseVersion: string | null;
  /** There is no session data. */
  readonly sessionsLowerBound: null;
  readonly sessionsUpperBound: null;
}

/** Looks up the neighbours of a release in a project, whether it is one of the project's or not. Four small queries at once. */
export async function currentProjectMeta(
  table: Table,
  release: Release,
  projectId: string,
): Promise<CurrentProjectMeta> {
  const after = releasePosition(release);
  const nearest = async (from: { readonly after?: string; readonly backwards: boolean }): Promise<string | null> => {
    const { value } = await readLinks(table, projectId, { order: 'added', limit: 1, ...from }).next();
    return value?.link.version ?? null;
  };
  const [prev, next, first, last] = await Promise.all([
    nearest({ after, backwards: false }),
    nearest({ after, backwards: true }),
    nearest({ backwards: true }),
    nearest({ backwards: false }),
  ]);
  return {
    prevReleaseVersion: prev,
    nextReleaseVersion: next,
    firstReleaseVersion: first,
    lastReleaseVersion: last,
    sessionsLowerBound: null,
    sessionsUpperBound: null,
  };
}
