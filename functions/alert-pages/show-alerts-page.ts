import { browseAlertRules, type RuleStanding } from '../../lib/alerts/index.ts';
import { pageRequest } from '../../lib/platform/pagination.ts';
import type { AlertPagesApp } from '../alert-pages.ts';
import { organizationPage } from '../middleware/organization-page.ts';
import { alertsPage } from '../pages/alerts-page.ts';
import { alertsPlace } from './alert-address.ts';

const rulesPerPage = '25';

/** Which rules each choice shows, by how they stand. */
const choices: Readonly<Record<string, readonly RuleStanding[]>> = {
  alerting: ['critical', 'warning'],
  unreadable: ['unreadable'],
  snoozed: ['snoozed'],
  fine: ['fine', 'waiting'],
};

/** The alert rules of an organization, with how each stands. */
export const showAlertsPage = organizationPage<AlertPagesApp>(alertsPlace, async (app, visit) => {
  const one = (name: string): string | undefined => visit.query[name]?.at(-1) || undefined;
  const asked = one('show') ?? '';
  const show = Object.hasOwn(choices, asked) ? asked : undefined;
  const project = one('project');
  const rules = await browseAlertRules(app, {
    caller: visit.caller,
    standings: show === undefined ? undefined : choices[show],
    project,
    page: pageRequest({ perPage: rulesPerPage, cursor: one('cursor') }),
  });
  return alertsPage({ rules, choice: { show, project }, visit });
});
