import * as z from 'zod';
import type { ListedMetric } from './list-metrics.ts';
import type { MetricType } from './metric-name.ts';
import { aggregateNames } from './mql/aggregates.ts';
import type { MetricsAnswer } from './query-metrics.ts';

const value = z
  .union([z.number(), z.null(), z.array(z.number().nullable())])
  .meta({ description: 'null where nothing can be told; several where several quantiles were asked for.' });
const row = z
  .object({
    aggregate_value: value,
    time: z.string().optional().meta({ description: 'Where there are intervals: when this one begins.' }),
  })
  .catchall(z.unknown())
  .meta({ id: 'MetricsRow', description: 'A column for each tag that it is grouped by; project_id is a number.' });

/** What one query is answered with. */
export const metricsAnswerJson = z
  .object({
    data: z.array(row),
    totals: z.object({ aggregate_value: value }).optional(),
    modified_start: z.string(),
    modified_end: z
      .string()
      .meta({ description: 'The time that was answered for: whole intervals, the end excluded.' }),
    indexer_mappings: z
      .record(z.string(), z.string())
      .meta({ description: 'Public names of metrics, and the ids that were read for them.' }),
  })
  .meta({ id: 'MetricsAnswer' });

/** What several are answered with, in their order. */
export const metricsAnswersJson = z.object({ results: z.array(metricsAnswerJson) }).meta({ id: 'MetricsAnswers' });

/** The answer to a query as the API gives it. */
export function serializeAnswer({ rows, ...rest }: MetricsAnswer) {
  return { data: rows, ...rest };
}

const typeNames = { c: 'counter', d: 'distribution', g: 'gauge', s: 'set' } as const satisfies Record<
  MetricType,
  string
>;

/** A metric that projects have sent. */
export const metricJson = z
  .object({
    mri: z.string(),
    name: z.string(),
    namespace: z.string(),
    type: z.enum(['counter', 'distribution', 'gauge', 'set']),
    unit: z.string(),
    operations: z.array(z.string()).meta({ description: 'The aggregates that it can be asked for.' }),
    projectIds: z.array(z.string()),
    lastSeen: z.string().meta({ description: 'The last day (UTC) on which points came.' }),
  })
  .meta({ id: 'Metric' });

/** A metric as the API lists it. */
export function serializeMetric({ mri, name, projectIds, lastDay }: ListedMetric): z.infer<typeof metricJson> {
  return {
    mri,
    name: name.name,
    namespace: name.namespace,
    type: typeNames[name.type],
    unit: name.unit,
    operations: aggregateNames(name.type),
    projectIds: [...projectIds],
    lastSeen: lastDay,
  };
}
