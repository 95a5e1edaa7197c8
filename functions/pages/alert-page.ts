import { html } from 'hono/html';
import type { IncidentLine, ShownAlertRule } from '../../lib/alerts/index.ts';
import { type AlertQuery, alertAddress, type Range, ranges } from '../alert-pages/alert-address.ts';
import type { OrganizationVisit } from '../middleware/organization-page.ts';
import { alertMessages as say } from './alert-messages.ts';
import { badge, type Choice, choiceLinks } from './alert-parts.ts';
import { chartFigure } from './chart-figure.ts';
import { facts, note, notice, paragraphs } from './components.ts';
import { incidentSection } from './incident-section.ts';
import { type Html, page } from './layout.ts';
import { snoozeSection } from './snooze-section.ts';

/** All that the page of a rule is made of. */
export interface AlertPage {
  readonly rule: ShownAlertRule;
  readonly query: AlertQuery;
  readonly visit: OrganizationVisit;
  readonly nowMs: number;
}

/** A rule: how its metric goes, what is wrong and who knows, what the rule says, and what can be done about it. */
export function alertPage(given: AlertPage): string {
  const { rule, query, visit } = given;
  const { standing } = rule;
  const isAlerting = standing === 'critical' || standing === 'warning';
  const content = html`<p class="lead">${badge(standing, say.standings[standing])} ${rule.words[0] ?? ''}</p>
${saidOf(query)}${missingOf(given)}${difficultyOf(given)}${untoldOf(given)}
${chartSection(given)}
${rule.incident === undefined ? '' : incidentSection(rule.incident, given)}
${otherIncidents(given)}
${ruleSection(given)}
<p class="after"><a href="${visit.address.replace(/rules\/details\/[^/]+\/$/u, '')}">${say.allAlerts}</a></p>`;
  const tone = isAlerting ? 'stop' : standing === 'fine' ? 'done' : 'ask';
  return page({ title: rule.name, tone, wide: true, footer: visit.footer }, content);
}

function saidOf({ said = '' }: AlertQuery): Html | '' {
  const known: Readonly<Record<string, string>> = say.said;
  const text = Object.hasOwn(known, said) ? known[said] : undefined;
  return text === undefined ? '' : notice(text);
}

function missingOf({ rule, query }: AlertPage): Html | '' {
  const isMissing = query.incident !== undefined && rule.incident?.identifier !== query.incident;
  return isMissing ? note(say.noSuchIncident(query.incident)) : '';
}

function difficultyOf({ rule: { difficulty } }: AlertPage): Html | '' {
  if (difficulty === undefined) return '';
  const { reads, since, reason, told } = difficulty;
  const heard = told.filter(({ error }) => error === null).map(({ destination }) => destination);
  const sentences = [
    say.difficulty[reads](say.time(since), reason),
    ...(heard.length === 0 ? [] : [say.difficultyTold(heard)]),
    ...told.flatMap(({ destination, error }) =>
      error === null ? [] : [say.difficultyUntold(destination, error.detail)],
    ),
  ];
  return note(sentences.join(' '));
}

function untoldOf({ rule: { untoldOutage } }: AlertPage): Html | '' {
  if (untoldOutage === undefined) return '';
  const { since, until, untold } = untoldOutage;
  const sentences = untold.map(({ destination, error }) => say.difficultyUntold(destination, error.detail));
  return note([say.untoldOutage(say.time(since), say.time(until)), ...sentences].join(' '));
}

function chartSection({ rule, query, visit }: AlertPage): Html {
  const choices = Object.keys(ranges).map((name): Choice => {
    const range = name as Range;
    const href = alertAddress(visit.address, { incident: query.incident, range });
    return { text: say.ranges[range], href, isChosen: range === query.range };
  });
  const drawn = rule.chart === undefined ? paragraphs(say.noChart) : chartFigure(rule.chart);
  return html`<h2>${say.chart}</h2>${choiceLinks(say.range, choices)}${drawn}`;
}

function otherIncidents({ rule, query, visit }: AlertPage): Html {
  if (rule.incidents.length === 0) return html`<h2>${say.otherIncidents}</h2>${paragraphs(say.noIncidents)}`;
  const line = ({ identifier, status, startedAt }: IncidentLine): Html => {
    const href = alertAddress(visit.address, { incident: identifier, range: query.range });
    const current = identifier === rule.incident?.identifier ? html` aria-current="true"` : '';
    return html`<li><a href="${href}"${current}>${say.incident(identifier)}</a> ${badge(status, say.statuses[status])} <span class="quiet">${say.time(startedAt)}</span></li>`;
  };
  return html`<h2>${say.otherIncidents}</h2><ul class="lines">${rule.incidents.map(line)}</ul>`;
}

function ruleSection(given: AlertPage): Html {
  const { rule } = given;
  const lines = facts([
    { name: say.project, value: rule.project },
    { name: say.environment, value: rule.environment ?? say.everyEnvironment },
    ...(rule.query === '' ? [] : [{ name: say.filterQuery, value: rule.query }]),
    { name: say.owner, value: rule.owner ?? say.nobody },
    { name: say.tells, value: rule.targets.join(', ') || say.none },
    { name: say.judged, value: rule.judgedAt === null ? say.notJudged : say.time(rule.judgedAt) },
  ]);
  const notes = rule.description === '' ? '' : html`<h3>${say.notes}</h3><p class="text">${rule.description}</p>`;
  return html`<h2>${say.rule}</h2>${paragraphs(rule.words.join(' '))}${snoozeSection(given)}${lines}${notes}`;
}
