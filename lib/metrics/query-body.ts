import * as z from 'zod';
import { periodSeconds } from '../platform/time-range.ts';
import { queryMessages } from './messages.ts';
import { granularities } from './mql/time-range.ts';

const shortestIntervalSeconds = 10;
const longestIntervalSeconds = 4_000_000_000;
const mostRows = 10_000;
const mostQueries = 10;

const interval = z
  .union([z.int(), z.string()], queryMessages.interval)
  .transform((sent, context) => {
    const seconds = typeof sent === 'number' ? sent : (periodSeconds(sent) ?? Number.NaN);
    if (seconds >= shortestIntervalSeconds && seconds <= longestIntervalSeconds) return seconds;
    context.issues.push({ code: 'custom', message: queryMessages.interval, input: sent });
    return z.NEVER;
  })
  .meta({ description: 'Rows for each of these intervals: seconds, 10 or more, or a text such as 5m, 1h, 1d.' });

const asked = {
  start: z.string().nullish().meta({ description: 'ISO 8601, in UTC unless it names a zone; together with end.' }),
  end: z.string().nullish().meta({ description: 'The end itself is not a part of the time.' }),
  statsPeriod: z.string().nullish().meta({ description: 'The time until now, such as 14d; 24h when nothing is told.' }),
  interval: interval.nullish(),
  granularity: z
    .literal([...granularities], queryMessages.granularity)
    .nullish()
    .meta({ description: 'Which stored buckets to read, in seconds; chosen when it is not told.' }),
  totals: z.boolean().nullish().meta({
    description: 'The aggregate over the whole time too; without an interval it is the answer itself.',
  }),
  orderby: z.enum(['ASC', 'DESC'], queryMessages.orderby).nullish().meta({
    description: 'The order of the values; only without an interval.',
  }),
  limit: z.int(queryMessages.limit).min(1, queryMessages.limit).max(mostRows, queryMessages.limit).nullish(),
  offset: z.int(queryMessages.offset).min(0, queryMessages.offset).nullish(),
  fill: z.boolean().nullish().meta({ description: 'Zero in intervals without points, as charts wish.' }),
};
const query = z.string().meta({ description: 'In the metrics query language, such as p95(transaction.duration).' });

/** What is asked with one query: all but the query itself may be told once for several. */
const metricsQueryEntry = z.strictObject({ query, ...asked }).meta({ id: 'MetricsQuery' });

/** What asks metrics: one query, or several over the same projects. */
export const metricsQueryBody = z
  .strictObject({
    query: query.optional(),
    queries: z
      .array(metricsQueryEntry)
      .min(1, queryMessages.queries(mostQueries))
      .max(mostQueries, queryMessages.queries(mostQueries))
      .optional()
      .meta({ description: 'Several; what they do not tell themselves is told beside them.' }),
    project: z
      .array(z.union([z.string(), z.int()]).transform(String))
      .default([])
      .meta({ description: 'Slugs or IDs of projects; all within reach unless told.' }),
    environment: z
      .array(z.string())
      .default([])
      .meta({ description: 'Points whose tag environment is one of these; all unless told.' }),
    ...asked,
  })
  .refine((body) => (body.query === undefined) !== (body.queries === undefined), {
    path: ['query'],
    error: queryMessages.oneOrSeveral,
  })
  .meta({ id: 'MetricsQueries' });

/** A body, read. */
export type MetricsQueryBody = z.infer<typeof metricsQueryBody>;
/** One query of it with all that goes for it. */
export type MetricsQueryEntry = z.infer<typeof metricsQueryEntry>;
