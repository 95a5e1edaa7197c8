import * as z from 'zod';
import { type ChartApp, chartJobSchema, chartPng, chartSvg, sendRuleChart } from '../lib/alerts/index.ts';
import { fetchSecrets } from '../lib/platform/secrets.ts';
import { openTable } from '../lib/platform/table.ts';
import { type QueueDoor, queueDoor } from './middleware/queue-door.ts';
import { slackOf, slackSettings } from './middleware/slack-parts.ts';
import { appSource, type BaseApp } from './middleware/start-app.ts';

/** What this function reads of its environment. */
export const settings = z.object({
  TABLE_NAME: z.string(),
  METRICS_TABLE_NAME: z.string(),
  SECRET_ID: z.string(),
  ...slackSettings,
});

type RenderChartApp = BaseApp & ChartApp;

/** The charts queue: draws the metric of a rule and posts the picture in Slack. */
export const door = {
  name: 'render-chart',
  message: chartJobSchema,
  handle: sendRuleChart,
} satisfies QueueDoor<RenderChartApp, typeof chartJobSchema>;

export const handler = queueDoor<RenderChartApp, typeof chartJobSchema>(
  door,
  appSource(settings, async (config, base) => {
    const secrets = await fetchSecrets(config.SECRET_ID);
    const table = openTable(config.TABLE_NAME);
    return {
      table,
      metricsTable: openTable(config.METRICS_TABLE_NAME),
      slack: slackOf(config, secrets, { ...base, table }),
      draw: (input) => chartPng(chartSvg(input)),
    };
  }),
);
