import type { FunctionName } from './functions.ts';

/**
 * How many kilobytes (of 1,000 bytes, minified) each bundle may have: what it had when the line was written and a tenth more.
 * A cold start reads and compiles all of it, so a line is raised only by somebody who knows what came in (dist/meta.json says).
 */
export const bundleCeilingKilobytes: Readonly<Record<FunctionName, number>> = {
  'sign-in': 676,
  'slack-link': 768,
  'slack-commands': 208,
  'slack-events': 634,
  'slack-worker': 837,
  'sweep-slack-messages': 610,
  'slack-install': 650,
  details: 760,
  // Draws with ECharts as render-chart does.
  'alert-pages': 1500,
  'slack-actions': 750,
  'create-release': 835,
  'update-release': 835,
  'list-issues': 620,
  'update-issues': 625,
  deploys: 750,
  incidents: 800,
  organizations: 605,
  'org-auth-tokens': 715,
  'manage-projects': 765,
  'notification-settings': 590,
  'list-releases': 625,
  'read-release': 620,
  'delete-release': 610,
  'previous-release': 612,
  repositories: 740,
  // ECharts is most of it.
  'preview-alert-rule': 1400,
  'alert-rules': 880,
  'fetch-commits': 776,
  'ingest-envelope': 758,
  // protobufjs is an eighth of it.
  'ingest-otlp': 895,
  'query-metrics': 640,
  'api-root': 575,
  openapi: 286,
  'schedule-alerts': 605,
  'evaluate-alert': 700,
  'render-alert': 778,
  // ECharts is half of it; the renderer and the fonts lie beside it.
  'render-chart': 1410,
  'delete-project': 635,
  'fold-points': 600,
  'after-release': 590,
  // Alert rules ask metrics in their query language, which reads them here too.
  admin: 877,
};
