import { metricRetention, type QueryingApp, QueryRefusedError } from '../../metrics/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { readSpan } from '../preview/read-past-windows.ts';
import { weighReading } from '../weigh-reading.ts';
import type { ChartPoint } from './chart-input.ts';
import type { ChartRange } from './incident-chart-range.ts';

const minute = 60;
const hour = 3_600;
/** Of which windows are made. */
const intervals = [minute, hour] as const;

/**
 * What a rule judged whenever it looked: the value of each window that ended within a range, null where nothing was measured or
 * is kept no more. Where there is too much of that, or minutes are kept no more, windows of whole hours are looked at once an
 * hour. Undefined when the metric has too many series even so.
 */
export async function readPoints(
  app: QueryingApp,
  rule: AlertRule,
  range: ChartRange,
): Promise<ChartPoint[] | undefined> {
  const kept = app.retention ?? metricRetention;
  const reachesBackSeconds = (app.clock.now() - range.fromMs) / 1_000 + rule.windowSeconds;
  const hasHours = rule.windowSeconds % hour === 0;
  const isLongAgo = hasHours && reachesBackSeconds > kept[minute];
  for (const intervalSeconds of intervals.slice(isLongAgo ? 1 : 0, hasHours ? 2 : 1)) {
    try {
      return await readEvery(app, rule, { ...range, intervalSeconds, keptSeconds: kept[intervalSeconds] });
    } catch (error) {
      if (!(error instanceof QueryRefusedError)) throw error;
    }
  }
  return undefined;
}

async function readEvery(
  app: QueryingApp,
  rule: AlertRule,
  {
    fromMs,
    untilMs,
    intervalSeconds,
    keptSeconds,
  }: ChartRange & { readonly intervalSeconds: (typeof intervals)[number]; readonly keptSeconds: number },
): Promise<ChartPoint[]> {
  const { organization, projectId } = rule;
  const step = Math.max(rule.resolutionSeconds, intervalSeconds);
  const last = Math.floor(untilMs / 1_000 / step) * step;
  const count = Math.max(1, Math.floor((last - fromMs / 1_000) / step) + 1);
  const ends = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * step);
  const keptFrom = app.clock.now() / 1_000 - keptSeconds + rule.windowSeconds + step;
  const known = ends.filter((end) => end >= keptFrom);
  const [first = last] = known;
  const span = { startSeconds: first - step, endSeconds: last, intervalSeconds };
  const readingAt = await readSpan(app, { organization, projectId, terms: rule }, span);
  return ends.map((end) => {
    const weighed = weighReading(rule, readingAt(end));
    return [end * 1_000, end >= keptFrom && weighed.kind === 'value' ? weighed.value : null];
  });
}
