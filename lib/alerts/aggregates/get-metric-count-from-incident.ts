import type { QueryingApp } from '../../metrics/index.ts';
import type { App } from '../../platform/app.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { type IncidentActivity, loadActivities } from '../incident-activity-store.ts';
import type { Incident } from '../incident-store.ts';
import { getIncidentAggregates } from './get-incident-aggregates.ts';

/**
 * The value that an incident is about: that of the window that changed its status last; when none has, that of its whole time.
 * @throws QuerySyntaxError, QueryRefusedError
 */
export async function getMetricCountFromIncident(
  app: QueryingApp & Pick<App, 'table'>,
  { rule, incident }: { readonly rule: AlertRule; readonly incident: Incident },
): Promise<number | null> {
  const newest = (await loadActivities(app, incident)).findLast(isByMetric);
  if (newest === undefined) return (await getIncidentAggregates(app, { rule, incident })).count;
  // Windows end at multiples of the resolution, and are judged a little later.
  const stepMs = rule.resolutionSeconds * 1_000;
  const endMs = Math.floor((Date.parse(newest.at) - rule.graceSeconds * 1_000) / stepMs) * stepMs;
  const startMs = endMs - rule.windowSeconds * 1_000;
  return (await getIncidentAggregates(app, { rule, incident, startMs, endMs })).count;
}

function isByMetric({ type, actor, because }: IncidentActivity): boolean {
  return type === 'status_change' && actor === undefined && because === undefined;
}
