import { showAlertRule } from '../../lib/alerts/index.ts';
import { NotFoundError } from '../../lib/platform/errors.ts';
import type { AlertPagesApp } from '../alert-pages.ts';
import { organizationPage } from '../middleware/organization-page.ts';
import { alertPage } from '../pages/alert-page.ts';
import { pageMessages } from '../pages/messages.ts';
import { alertPlace, ranges, readAlertQuery } from './alert-address.ts';

/** All about an alert rule; `alert` names the incident that is meant. */
export const showAlertPage = organizationPage<AlertPagesApp>(alertPlace, async (app, visit) => {
  const { caller, name: ruleId } = visit;
  if (!/^\d{1,20}$/.test(ruleId)) throw new NotFoundError(pageMessages.unknownAddress);
  const query = readAlertQuery(visit.query);
  const { incident, range } = query;
  const rule = await showAlertRule(app, { caller, ruleId, incident, chartHours: ranges[range] });
  return alertPage({ rule, query, visit, nowMs: app.clock.now() });
});
