import type { Caller } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { ChartInput } from './charts/chart-input.ts';
import { type ChartReadingApp, readRuleChart } from './charts/read-rule-chart.ts';
import { describeRule } from './describe-rule.ts';
import { describeTargets } from './describe-targets.ts';
import { findNewestIncidents, type Incident, isOfRule, loadIncident } from './incident-store.ts';
import { messages } from './messages.ts';
import type { UntoldOutage } from './outages/outage.ts';
import { reachedRule } from './reached-rule.ts';
import { describeOwner, nameOfPerson } from './rule-people.ts';
import { type RuleStanding, ruleStanding } from './rule-standing.ts';
import { loadState } from './rule-state-store.ts';
import { lookUpRuleNames } from './rules/rule-names.ts';
import { isSnoozed } from './rules/rule-snooze-store.ts';
import type { ShownDifficulty } from './show-difficulty.ts';
import { type IncidentStory, showIncidentStory } from './show-incident-story.ts';

/** A rule as people see it, with what it found lately. */
export interface ShownAlertRule {
  readonly id: string;
  readonly name: string;
  /** What it watches, in sentences. */
  readonly words: readonly string[];
  readonly project: string;
  readonly environment: string | null;
  /** Which points count; all when it is empty. */
  readonly query: string;
  readonly owner: string | undefined;
  /** What its people wrote to know and to do. */
  readonly description: string;
  /** Who is told, in words. */
  readonly targets: readonly string[];
  readonly standing: RuleStanding;
  /** What is difficult about reading its metric: not at all, or hour by hour. */
  readonly difficulty: ShownDifficulty | undefined;
  /** Of the last time when it could not be read: who could not be told, if anybody. */
  readonly untoldOutage: UntoldOutage | undefined;
  /** While nobody is told; `until` is null when somebody has to end it. */
  readonly snooze: { readonly until: string | null; readonly by: string } | undefined;
  /** While the caller gets no direct messages about it. */
  readonly mySnooze: { readonly until: string | null } | undefined;
  /** The end of the newest window that was judged, if one was. */
  readonly judgedAt: string | null;
  /** Undefined when it cannot be drawn. */
  readonly chart: ChartInput | undefined;
  /** The newest ones, newest first. */
  readonly incidents: readonly IncidentLine[];
  /** All about one: the one that was asked for, or else the newest. */
  readonly incident: IncidentStory | undefined;
}

/** An incident among others. */
export type IncidentLine = Pick<Incident, 'identifier' | 'status' | 'startedAt' | 'closedAt'>;

/** Which rule is to be shown, which of its incidents if one is meant, and how much of its metric. */
export interface RuleToShow {
  readonly caller: Caller;
  readonly ruleId: string;
  readonly incident?: number | undefined;
  readonly chartHours: number;
}

/** What showing a rule needs of the outside world. */
export type ShowRuleApp = ChartReadingApp & Pick<App, 'log'>;

const newestIncidents = 20;
const hourMs = 3_600_000;

/**
 * A rule, how it stands, its metric and its newest incidents, of one of them all that is known.
 * @throws NotFoundError also when its project is not within reach, UnauthenticatedError when the person has left the organization
 */
export async function showAlertRule(app: ShowRuleApp, wanted: RuleToShow): Promise<ShownAlertRule> {
  const found = await reachedRule(app, wanted);
  if (found === undefined) throw new NotFoundError(messages.ruleUnknown);
  const { rule, project } = found;
  const [state, incidents, names, chart] = await Promise.all([
    loadState(app, { ruleId: rule.id, projectId: rule.projectId }),
    findNewestIncidents(app, rule, newestIncidents),
    lookUpRuleNames(app, wanted.caller, [rule]),
    chartOf(app, rule, wanted.chartHours),
  ]);
  const meant = await meantIncident(app, rule, wanted.incident, incidents);
  const nowMs = app.clock.now();
  const nameOf = (userId: string) => nameOfPerson(names, userId);
  const { id, name, environment, query, description, snooze } = rule;
  return {
    ...{ id, name, environment, query, description, chart },
    words: describeRule(rule),
    project: project.slug,
    owner: describeOwner(rule, names),
    targets: describeTargets(rule, nameOf),
    standing: ruleStanding(rule, state, nowMs),
    difficulty: names.difficulty(rule),
    untoldOutage: names.untoldOutage(rule),
    snooze: snooze !== null && isSnoozed(snooze, nowMs) ? { until: snooze.until, by: nameOf(snooze.by) } : undefined,
    mySnooze: names.mySnooze(rule.id),
    judgedAt: state?.lastUpdate ?? null,
    incidents,
    incident: meant && (await showIncidentStory(app, meant)),
  };
}

/** The incident that was asked for, when it is one of the rule; the newest when none was. */
async function meantIncident(
  app: Pick<App, 'table'>,
  rule: AlertRule,
  incident: number | undefined,
  newest: readonly Incident[],
): Promise<Incident | undefined> {
  if (incident === undefined) return newest[0];
  const known = newest.find(({ identifier }) => identifier === incident);
  if (known !== undefined) return known;
  const older = await loadIncident(app, { organization: rule.organization, identifier: incident });
  return isOfRule(older, rule) ? older : undefined;
}

/** The rest of the page is worth as much without it. */
async function chartOf(app: ShowRuleApp, rule: AlertRule, hours: number): Promise<ChartInput | undefined> {
  try {
    const untilMs = app.clock.now();
    return await readRuleChart(app, { rule, fromMs: untilMs - hours * hourMs, untilMs });
  } catch (error) {
    app.log.error('the chart of a rule could not be read', error, { ruleId: rule.id });
    return undefined;
  }
}
