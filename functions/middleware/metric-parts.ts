import * as z from 'zod';
import { retentionOf } from '../../lib/metrics/index.ts';
import { openTable } from '../../lib/platform/table.ts';

/** What a function reads of its environment that reads metrics or counts them. */
export const metricSettings = {
  METRICS_TABLE_NAME: z.string(),
  METRIC_RETENTION_DAYS: z.string().transform(retentionOf),
};

/** The parts of its app that follow from these settings: where buckets are, and how long they are kept. */
export function metricParts(config: z.infer<z.ZodObject<typeof metricSettings>>) {
  return { metricsTable: openTable(config.METRICS_TABLE_NAME), retention: config.METRIC_RETENTION_DAYS };
}
