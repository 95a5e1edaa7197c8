import { metricRetention, type QueryingApp } from '../../metrics/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import type { Incident } from '../incident-store.ts';
import { measureOf } from '../measure.ts';
import { type ReadingQuery, readingQuery } from '../reading-query.ts';
import { calculateIncidentTimeRange, type TimeRangeTerms } from './calculate-incident-time-range.ts';

/** An incident with the rule that it is of, and which time of it is meant. */
export interface IncidentQuestion extends Pick<TimeRangeTerms, 'startMs' | 'endMs' | 'windowedStats'> {
  readonly rule: AlertRule;
  readonly incident: Pick<Incident, 'startedAt' | 'closedAt'>;
}

const minute = 60;
const hour = 3_600;

/**
 * What to ask of the metrics about an incident: what its rule measures, over the time of the incident in whole minutes, or in
 * whole hours where minutes are not kept any more.
 * @throws QuerySyntaxError, QueryRefusedError when the rule's query makes no sense
 */
export function buildIncidentQuery(app: QueryingApp, { rule, incident, ...wanted }: IncidentQuestion): ReadingQuery {
  const nowMs = app.clock.now();
  const retention = app.retention ?? metricRetention;
  const { windowSeconds } = rule;
  const range = calculateIncidentTimeRange(incident, {
    ...{ ...wanted, windowSeconds, nowMs, retentionSeconds: retention[hour] },
  });
  // Rules that compare look further back.
  const oldestSeconds = range.startMs / 1_000 - (rule.comparisonSeconds ?? 0);
  const step = oldestSeconds - minute < nowMs / 1_000 - retention[minute] ? hour : minute;
  const startSeconds = Math.floor(range.startMs / 1_000 / step) * step;
  // What is still to come has no points, and would only be compared with more than it can hold.
  const endSeconds = Math.ceil(Math.min(range.endMs, nowMs) / 1_000 / step) * step;
  const isEmpty = range.startMs === range.endMs;
  return readingQuery(app, rule, measureOf(rule), { startSeconds, endSeconds: isEmpty ? startSeconds : endSeconds });
}
