import * as z from 'zod';
import {
  chartJobSchema,
  chartPng,
  chartSvg,
  type DigestApp,
  type IncidentChartApp,
  type LinkChartApp,
  sendDigest,
  sendIncidentChart,
  sendLinkChart,
  sendRuleChart,
} from '../lib/alerts/index.ts';
import type { Delivery } from '../lib/platform/delivery.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { metricParts, metricSettings } from './middleware/metric-parts.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { slackOf, slackSettings } from './middleware/slack-parts.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  ...metricSettings,
  SECRET_ID: z.string(),
  PUBLIC_URL: z.url(),
  ...slackSettings,
});

type RenderChartApp = BaseApp & IncidentChartApp & LinkChartApp & DigestApp;

/** The charts queue: draws metrics, for messages of incidents, for shared links, for digests and for whoever asked. */
export const door = {
  name: 'render-chart',
  message: chartJobSchema,
  handle: async (app, job, delivery: Delivery) => {
    if (job.kind === 'digest') return sendDigest(app, job, delivery);
    if (job.kind === 'incident-chart') return sendIncidentChart(app, job, delivery);
    if (job.kind === 'link-chart') return sendLinkChart(app, job, delivery);
    return sendRuleChart(app, job, delivery);
  },
} satisfies QueueDoor<RenderChartApp, typeof chartJobSchema>;

export const handler = queueDoor<RenderChartApp, typeof chartJobSchema>(
  door,
  appSource(settings, async (config, base) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    const table = openTable(config.TABLE_NAME);
    return {
      table,
      ...metricParts(config),
      publicUrl: config.PUBLIC_URL,
      slack: slackOf(config, secrets, { ...base, table }),
      draw: (input) => chartPng(chartSvg(input)),
    };
  }),
);
