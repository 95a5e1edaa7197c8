import { showAlertRule } from '../../lib/alerts/index.ts';
import { NotFoundError } from '../../lib/platform/errors.ts';
import { alertPage } from '../pages/detail-pages.ts';
import { pageMessages } from '../pages/messages.ts';
import { detailPage } from './visit-detail.ts';

/** All about an alert rule; `alert` names the incident that is meant. */
export const showAlertPage = detailPage({ place: 'alerts/rules/details', variable: 'rule' }, async (app, visit) => {
  const { caller, name: ruleId, query, footer } = visit;
  if (!/^\d{1,20}$/.test(ruleId)) throw new NotFoundError(pageMessages.unknownAddress);
  const [asked = ''] = query['alert'] ?? [];
  const incident = /^[1-9]\d{0,7}$/.test(asked) ? Number(asked) : undefined;
  return alertPage({ rule: await showAlertRule(app, { caller, ruleId, incident }), incident, footer });
});
