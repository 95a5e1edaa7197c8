import { alertRulePreviewBody, faultsOfPreview, previewAlertRule, readableParts } from '../lib/alerts/index.ts';
import type { QueryingApp } from '../lib/metrics/index.ts';
import * as endpoints from './api-endpoints/alert-rules.ts';
import { type ApiApp, apiDoor, serve } from './middleware/api-door.ts';
import { apiParts, apiSettings } from './middleware/api-parts.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import { appSource } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = apiSettings.extend(metricSettings);

type PreviewApp = ApiApp & QueryingApp;

/** Says what a rule would have done: a function of its own, because what draws the chart is large. */
export const served = [
  serve(
    endpoints.previewAlertRule,
    async (app: PreviewApp, { caller, body }) => ({ status: 200, body: await previewAlertRule(app, { caller, body }) }),
    {
      alsoWrong: (app, { caller, sent }) =>
        faultsOfPreview(app, { caller, parts: readableParts(alertRulePreviewBody, sent) }),
    },
  ),
];

export const handler = apiDoor(
  'preview-alert-rule',
  served,
  appSource(settings, (config, base) => ({ ...apiParts(config, base), ...metricParts(config) })),
);
