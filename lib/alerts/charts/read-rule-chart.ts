import type { App } from '../../platform/app.ts';
import type { Table } from '../../platform/table.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { findNewestIncidents } from '../incident-store.ts';
import type { ChartIncident, ChartInput } from './chart-input.ts';
import { chartTerms } from './chart-terms.ts';
import type { ChartRange } from './incident-chart-range.ts';
import { readChartMarks } from './read-chart-marks.ts';
import { readPoints } from './read-points.ts';
import { thinPoints } from './thin-points.ts';

/** Of a rule, the newest; more would be one red area. */
const maxIncidents = 50;

/** What reading a chart needs of the outside world. */
export type ChartReadingApp = Pick<App, 'table' | 'clock'> & { readonly metricsTable: Table };

/**
 * Some time of a rule as a chart: the values that the rule saw when it looked, its thresholds and its incidents, and what was
 * released and deployed meanwhile. Undefined when the metric has too many series to be read in time.
 */
export async function readRuleChart(
  app: ChartReadingApp,
  { rule, fromMs, untilMs }: { readonly rule: AlertRule } & ChartRange,
): Promise<ChartInput | undefined> {
  const { projectId } = rule;
  const [points, incidents, marks] = await Promise.all([
    readPoints(app, rule, { fromMs, untilMs }),
    findNewestIncidents(app, rule, maxIncidents),
    readChartMarks(app, { projectId, environment: rule.environment, fromMs, untilMs }),
  ]);
  if (points === undefined) return undefined;
  return {
    title: rule.name,
    ...chartTerms(rule),
    fromMs,
    untilMs,
    points: thinPoints(points, rule.thresholdType),
    incidents: incidents
      .map(spanOf)
      .filter(({ startMs, endMs }) => startMs <= untilMs && (endMs === null || endMs >= fromMs))
      .reverse(),
    marks,
  };
}

/** The time of an incident. */
export function spanOf(incident: {
  readonly identifier: number;
  readonly startedAt: string;
  readonly closedAt: string | null;
}): ChartIncident {
  const { identifier, startedAt, closedAt } = incident;
  return { identifier, startMs: Date.parse(startedAt), endMs: closedAt === null ? null : Date.parse(closedAt) };
}
