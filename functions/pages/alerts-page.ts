import { html } from 'hono/html';
import type { BrowsedRule } from '../../lib/alerts/index.ts';
import type { Page } from '../../lib/platform/pagination.ts';
import type { OrganizationVisit } from '../middleware/organization-page.ts';
import { alertMessages as say } from './alert-messages.ts';
import { badge, choiceLinks } from './alert-parts.ts';
import { paragraphs } from './components.ts';
import { type Html, page } from './layout.ts';
import { pageLinks } from './page-links.ts';

/** All that the list of rules is made of. */
export interface AlertsPage {
  readonly rules: Page<BrowsedRule>;
  readonly choice: { readonly show: string | undefined; readonly project: string | undefined };
  readonly visit: OrganizationVisit;
}

/** The rules of an organization, and how each stands. */
export function alertsPage(given: AlertsPage): string {
  const { rules, choice, visit } = given;
  const content = html`${filters(given)}<h2>${say.list}</h2>${rules.items.length === 0 ? noneOf(choice) : table(given)}${pageLinks({ ...rules, linkTo: (cursor) => addressOf(given, { ...choice, cursor }) })}`;
  const isAlerting = rules.items.some(({ standing }) => standing === 'critical' || standing === 'warning');
  return page({ title: say.listTitle, tone: isAlerting ? 'stop' : 'ask', wide: true, footer: visit.footer }, content);
}

function noneOf({ show, project }: AlertsPage['choice']): Html {
  return paragraphs(show === undefined && project === undefined ? say.noRules : say.noSuchRules);
}

function filters(given: AlertsPage): Html {
  const { show, project } = given.choice;
  const choices = Object.entries(say.show).map(([name, text]) => {
    const wanted = name === 'all' ? undefined : name;
    return { text, href: addressOf(given, { show: wanted, project }), isChosen: wanted === show };
  });
  const narrowed =
    project === undefined
      ? ''
      : html`<p>${say.onlyProject(project)} <a href="${addressOf(given, { show })}">${say.anyProject}</a></p>`;
  return html`${choiceLinks(say.filter, choices)}${narrowed}`;
}

function table(given: AlertsPage): Html {
  const { rule, state, project, incident, owner } = say.columns;
  const heads = [rule, state, project, incident, owner].map((name) => html`<th scope="col">${name}</th>`);
  return html`<table class="list"><thead><tr>${heads}</tr></thead><tbody>${given.rules.items.map((one) => row(one, given))}</tbody></table>`;
}

function row({ id, name, project, owner, standing, lastIncident }: BrowsedRule, given: AlertsPage): Html {
  const href = `${given.visit.address}rules/details/${id}/`;
  const incident =
    lastIncident === undefined
      ? say.none
      : html`<a href="${href}?alert=${lastIncident.identifier}">${say.incident(lastIncident.identifier)}</a> <span class="quiet">${say.time(lastIncident.startedAt)}</span>`;
  const { columns } = say;
  return html`<tr><th scope="row"><a href="${href}">${name}</a></th><td data-name="${columns.state}">${badge(standing, say.standings[standing])}</td><td data-name="${columns.project}"><a href="${addressOf(given, { show: given.choice.show, project })}">${project}</a></td><td data-name="${columns.incident}">${incident}</td><td data-name="${columns.owner}">${owner ?? say.none}</td></tr>`;
}

function addressOf(
  { visit }: AlertsPage,
  wanted: { readonly show?: string | undefined; readonly project?: string | undefined; readonly cursor?: string },
): string {
  const query = new URLSearchParams(
    Object.entries(wanted).filter((one): one is [string, string] => one[1] !== undefined),
  );
  return query.size === 0 ? visit.address : `${visit.address}?${query}`;
}
