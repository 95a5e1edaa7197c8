import type { QueryingApp } from '../metrics/index.ts';
import type { Caller } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import type { MessageBox } from '../slack/index.ts';
import { alertBox, type RuleStanding, statusByIncidents } from './alert-box.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { type Incident, loadIncident } from './incident-store.ts';
import { loadNotifications } from './notification-store.ts';
import { reachedRule } from './reached-rule.ts';
import { readWindows } from './read-windows.ts';
import { loadState } from './rule-state-store.ts';
import { weighReading } from './weigh-reading.ts';

/** Which rule, with which of its incidents if one is named, and who wants to see it. */
export interface AlertToShow {
  readonly caller: Caller;
  readonly ruleId: string;
  /** The number of an incident; the one that is open, if any, when it is left out or not one of the rule. */
  readonly incident?: number | undefined;
}

/** What showing a rule needs of the outside world. */
export type ShowAlertApp = Pick<App, 'table' | 'clock'> & QueryingApp & { readonly publicUrl: string };

/**
 * How a rule stands, in the words of its messages; undefined when there is no such rule, or when the caller does not reach
 * its project.
 * @throws UnauthenticatedError when the person has left the organization
 */
export async function showAlert(
  app: ShowAlertApp,
  { caller, ruleId, incident: wanted }: AlertToShow,
): Promise<MessageBox | undefined> {
  const found = await reachedRule(app, { caller, ruleId });
  if (found === undefined) return undefined;
  const { rule, project } = found;
  const incident = await incidentOf(app, rule, wanted);
  const standing = incident === undefined ? await quiet(app, rule) : await during(app, rule, incident, wanted);
  return alertBox({ publicUrl: app.publicUrl, projectName: project.slug }, rule, standing);
}

/** The incident that is named, if it is one of the rule, or else the one that is open. */
async function incidentOf(
  app: ShowAlertApp,
  rule: AlertRule,
  wanted: number | undefined,
): Promise<Incident | undefined> {
  const { organization } = rule;
  if (wanted !== undefined) {
    const named = await loadIncident(app, { organization, identifier: wanted });
    if (named?.ruleId === rule.id) return named;
  }
  const state = await loadState(app, { ruleId: rule.id, projectId: rule.projectId });
  return state?.incident ? loadIncident(app, { organization, identifier: state.incident.identifier }) : undefined;
}

/** What people were told last of an incident. */
async function during(
  app: ShowAlertApp,
  rule: AlertRule,
  incident: Incident,
  wanted: number | undefined,
): Promise<RuleStanding> {
  const { organization, identifier, startedAt, closedAt } = incident;
  const told = (await loadNotifications(app, { organization, incident: identifier })).at(-1);
  return {
    status: statusByIncidents(incident, undefined),
    value: told === undefined ? (await quiet(app, rule)).now : told.subject.value,
    startedAt,
    closedAt,
    worst: incident.worstValue ?? told?.subject.worst,
    ...(wanted === identifier && { incident: identifier }),
  };
}

/** A rule of which there is nothing to tell: what its metric was in the newest window that has ended. */
async function quiet(app: ShowAlertApp, rule: AlertRule): Promise<RuleStanding> {
  const stepMs = rule.resolutionSeconds * 1_000;
  const endMs = Math.floor(app.clock.now() / stepMs) * stepMs;
  const reading = (await readWindows(app, [{ rule, endsMs: [endMs] }])).get(rule.id)?.get(endMs);
  const weighed = reading && weighReading(rule, reading);
  if (weighed === undefined || reading?.kind === 'refused') return { status: 'closed' };
  return { status: 'closed', now: weighed.kind === 'value' ? weighed.told : null };
}
