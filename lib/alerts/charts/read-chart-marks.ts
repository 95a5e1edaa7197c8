import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { projectActivityTypes, readActivitiesBetween } from '../../projects/index.ts';
import { concernsEnvironment, versionOf } from '../releases-around.ts';
import type { ChartMark } from './chart-input.ts';
import type { ChartRange } from './incident-chart-range.ts';

/** More lines than a chart shows; the newest of them are what is asked for. */
const most = 60;

/** The releases and deploys of a project within the time of a chart, the newest first. One read. */
export async function readChartMarks(
  app: Pick<App, 'table'>,
  {
    projectId,
    environment,
    fromMs,
    untilMs,
  }: ChartRange & {
    readonly projectId: string;
    /** Deploys to other environments have nothing to do with the metric. */
    readonly environment: string | null;
  },
): Promise<ChartMark[]> {
  const span = { from: isoTime(fromMs), until: isoTime(untilMs), most, newestFirst: true };
  const activities = await readActivitiesBetween(app, projectId, span);
  return activities
    .filter((activity) => concernsEnvironment(activity, environment))
    .map((activity): ChartMark => {
      const timeMs = Date.parse(activity.at);
      if (activity.type === projectActivityTypes.release) return { kind: 'release', timeMs, name: versionOf(activity) };
      return { kind: 'deploy', timeMs, name: activity.data['environment'] ?? versionOf(activity) };
    });
}
