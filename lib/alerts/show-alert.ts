import type { QueryingApp } from '../metrics/index.ts';
import type { Caller } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import type { MessageBox } from '../slack/index.ts';
import { currentValue } from './aggregates/current-value.ts';
import { getMetricCountFromIncident } from './aggregates/get-metric-count-from-incident.ts';
import { alertBox, boxBelowLink, type RuleStanding, statusByIncidents } from './alert-box.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { incidentLink } from './incident-link.ts';
import type { ShownChart } from './incident-message.ts';
import { type Incident, isOfRule, loadIncident } from './incident-store.ts';
import { loadNotifications } from './notification-store.ts';
import { outageMessage } from './outages/outage-message.ts';
import { reachedRule } from './reached-rule.ts';
import type { ReadingDifficulty } from './reading-difficulty.ts';
import { isRefusal } from './reading-query.ts';
import { loadState, type RuleState } from './rule-state-store.ts';
import { showDifficulty } from './show-difficulty.ts';

/** A rule as it stands, with the incident that is told of, if any. */
export interface SeenAlert {
  readonly rule: AlertRule;
  readonly projectName: string;
  readonly incident: Incident | undefined;
  readonly standing: RuleStanding;
  /** Of a rule that finds nothing because its metric cannot be read. */
  readonly blind?: ReadingDifficulty;
}

/** Which rule, with which of its incidents if one is named, and who wants to see it. */
export interface AlertToShow {
  readonly caller: Pick<Caller, 'organization' | 'userId'>;
  readonly ruleId: string;
  /** The number of an incident; the one that is open, if any, when it is left out or not one of the rule. */
  readonly incident?: number | undefined;
}

/** What showing a rule needs of the outside world. */
export type ShowAlertApp = QueryingApp & Pick<App, 'table'> & { readonly publicUrl: string };

/**
 * How a rule stands, in the words of its messages; undefined when there is no such rule, or when the caller does not reach
 * its project.
 * @throws UnauthenticatedError when the person has left the organization
 */
export async function showAlert(app: ShowAlertApp, wanted: AlertToShow): Promise<MessageBox | undefined> {
  const seen = await lookAtAlert(app, wanted);
  return seen && boxOfAlert(app, seen);
}

/** What was seen of a rule, in the words of its messages, with a picture when there is one. */
export function boxOfAlert(
  { publicUrl }: Pick<ShowAlertApp, 'publicUrl'>,
  { rule, projectName, standing, blind }: SeenAlert,
  chart?: ShownChart,
): MessageBox {
  if (blind !== undefined) return blindBox({ publicUrl }, { rule, projectName, blind });
  return alertBox({ publicUrl, projectName }, rule, { ...standing, chart });
}

/**
 * How a rule stands; undefined when there is no such rule, or when the caller does not reach its project.
 * @throws UnauthenticatedError when the person has left the organization
 */
export async function lookAtAlert(
  app: ShowAlertApp,
  { caller, ruleId, incident: wanted }: AlertToShow,
): Promise<SeenAlert | undefined> {
  const found = await reachedRule(app, { caller, ruleId });
  if (found === undefined) return undefined;
  const { rule, project } = found;
  const { incident, difficulty } = await factsOf(app, rule, wanted);
  if (incident === undefined && difficulty?.reads === 'nothing') {
    return { rule, projectName: project.slug, incident, standing: { status: 'closed' }, blind: difficulty };
  }
  const standing = incident === undefined ? await quiet(app, rule) : await during(app, rule, incident, wanted);
  return { rule, projectName: project.slug, incident, standing };
}

interface Facts {
  readonly incident: Incident | undefined;
  readonly difficulty?: RuleState['difficulty'];
}

/** The incident that is named, if it is one of the rule, or else the one that is open; and whether its metric can be read. */
async function factsOf(app: ShowAlertApp, rule: AlertRule, wanted: number | undefined): Promise<Facts> {
  const { organization } = rule;
  if (wanted !== undefined) {
    const named = await loadIncident(app, { organization, identifier: wanted });
    if (isOfRule(named, rule)) return { incident: named };
  }
  const state = await loadState(app, { ruleId: rule.id, projectId: rule.projectId });
  const open = state?.incident?.identifier;
  const incident = open === undefined ? undefined : await loadIncident(app, { organization, identifier: open });
  return { incident, difficulty: state?.difficulty };
}

/** A rule that finds nothing because nothing can be read: that must not look as if all were well. */
function blindBox(
  { publicUrl }: Pick<ShowAlertApp, 'publicUrl'>,
  { rule, projectName, blind }: Pick<SeenAlert, 'rule' | 'projectName'> & { readonly blind: ReadingDifficulty },
): MessageBox {
  const { organization, id: ruleId, name: ruleName } = rule;
  const { since, reason } = showDifficulty(blind);
  const link = incidentLink({ publicUrl, organization, ruleId });
  return boxBelowLink(outageMessage({ ruleName, projectName, link, since, reason }));
}

/** What people were told last of an incident; when nobody was, what the metrics say of it. */
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
    value:
      told === undefined
        ? await unlessRefused(getMetricCountFromIncident(app, { rule, incident }))
        : told.subject.value,
    startedAt,
    closedAt,
    worst: incident.worstValue ?? told?.subject.worst,
    ...(wanted === identifier && { incident: identifier }),
  };
}

/** A rule of which there is nothing to tell: what its metric is now. */
async function quiet(app: ShowAlertApp, rule: AlertRule): Promise<RuleStanding> {
  return { status: 'closed', now: await unlessRefused(currentValue(app, rule)) };
}

/** What cannot be measured is left out; the rest is worth as much without it. */
async function unlessRefused(value: Promise<number | null>): Promise<number | null | undefined> {
  try {
    return await value;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
