import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { type ProjectActivity, projectActivityTypes, readActivitiesBetween } from '../projects/index.ts';

/** What was released around the beginning of an incident; versions, the oldest first. */
export interface ReleasesAround {
  /** The one that was current when it started; unknown when nothing was ever released. */
  readonly atStart: string | undefined;
  readonly since: readonly string[];
}

/** Where to look. */
export interface Surroundings {
  readonly projectId: string;
  /** Deploys to other environments have nothing to do with it. */
  readonly environment?: string | null | undefined;
  /** ISO time. */
  readonly startedAt: string;
  /** ISO time; now for an incident that is not over. */
  readonly endedAt?: string | null | undefined;
}

/** Of so many activities at most a release is looked for: more in one incident would be noise. */
const most = 30;

/** The release that was current when an incident started, and those since. Two reads. */
export async function readReleasesAround(
  app: Pick<App, 'table' | 'clock'>,
  { projectId, environment, startedAt, endedAt }: Surroundings,
): Promise<ReleasesAround> {
  const until = endedAt ?? isoTime(app.clock.now());
  const [before, since] = await Promise.all([
    readActivitiesBetween(app, projectId, { until: startedAt, most, newestFirst: true }),
    readActivitiesBetween(app, projectId, { from: startedAt, until, most }),
  ]);
  const concerns = (activity: ProjectActivity): boolean => concernsEnvironment(activity, environment);
  const atStart = before.find(concerns);
  const versions = new Set(since.filter(concerns).map(versionOf));
  if (atStart !== undefined) versions.delete(versionOf(atStart));
  return { atStart: atStart && versionOf(atStart), since: [...versions] };
}

/** Whether something that happened in a project has to do with an environment: a release has with every one. */
export function concernsEnvironment({ type, data }: ProjectActivity, environment: string | null | undefined): boolean {
  return type === projectActivityTypes.release || environment == null || data['environment'] === environment;
}

/** The version of a release, or of what was deployed. */
export function versionOf({ data, ident }: ProjectActivity): string {
  return data['version'] ?? ident;
}
