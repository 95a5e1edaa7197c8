import { readCountedBuckets } from '../../metrics/index.ts';
import type { App } from '../../platform/app.ts';
import type { Table } from '../../platform/table.ts';
import { readAggregate } from '../aggregate.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { describeWindow } from '../describe-duration.ts';
import { findNewestIncidents } from '../incident-store.ts';
import { messages } from '../messages.ts';
import { loadState } from '../rule-state-store.ts';
import { watchedCounter } from '../watched-counter.ts';
import type { ChartIncident, ChartInput, ChartThreshold } from './chart-input.ts';
import type { ChartRange } from './incident-chart-range.ts';
import { readChartMarks } from './read-chart-marks.ts';
import { rollWindows } from './roll-windows.ts';

/** Schedules run every minute, whatever a rule asks for. */
const leastResolutionSeconds = 60;
/** Of a rule, the newest; more would be one red area. */
const maxIncidents = 50;
const minuteMs = 60_000;

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
  const metric = watchedCounter(rule);
  const { organization, projectId, windowSeconds, thresholdType } = rule;
  const windowMs = windowSeconds * 1_000;
  const [buckets, state, incidents, marks] = await Promise.all([
    readCountedBuckets(app, {
      organization,
      projectId,
      metric,
      startMs: fromMs,
      endMs: untilMs,
      windowMs,
      nowMs: app.clock.now(),
    }),
    loadState(app, { ruleId: rule.id, projectId }),
    findNewestIncidents(app, rule.id, maxIncidents),
    readChartMarks(app, { projectId, environment: rule.environment, fromMs, untilMs }),
  ]);
  if (buckets === undefined) return undefined;
  const lookedAtMs = state?.lastUpdate ? Date.parse(state.lastUpdate) : Math.floor(untilMs / minuteMs) * minuteMs;
  const everyMs = Math.max(rule.resolutionSeconds, leastResolutionSeconds) * 1_000;
  const { plural } = readAggregate(rule.aggregate);
  return {
    title: rule.name,
    subtitle: messages.chartSubtitle(plural, describeWindow(windowSeconds)),
    unit: metric.unit,
    fromMs,
    untilMs,
    thresholdType,
    thresholds: thresholdsOf(rule),
    points: rollWindows(buckets, { fromMs, untilMs, windowMs, everyMs, lookedAtMs, thresholdType }),
    incidents: incidents
      .map(spanOf)
      .filter(({ startMs, endMs }) => startMs <= untilMs && (endMs === null || endMs >= fromMs))
      .reverse(),
    marks,
  };
}

function thresholdsOf({ triggers, resolveThreshold }: AlertRule): ChartThreshold[] {
  return [
    ...triggers.map(({ label, threshold }) => ({ kind: label, value: threshold })),
    ...(resolveThreshold === null ? [] : [{ kind: 'resolve', value: resolveThreshold } as const]),
  ];
}

function spanOf(incident: {
  readonly identifier: number;
  readonly startedAt: string;
  readonly closedAt: string | null;
}): ChartIncident {
  const { identifier, startedAt, closedAt } = incident;
  return { identifier, startMs: Date.parse(startedAt), endMs: closedAt === null ? null : Date.parse(closedAt) };
}
