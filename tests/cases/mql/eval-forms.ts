import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { metricsQueryBody } from '../../../lib/metrics/query-body.ts';
import type { MemoryPoint } from '../../support/memory-metric-source.ts';

const gauge = z.strictObject({
  min: z.number(),
  max: z.number(),
  sum: z.number(),
  count: z.number(),
  last: z.number(),
});
/** A time without a zone is one in UTC. */
const time = z.iso
  .datetime({ offset: true, local: true })
  .transform((text) => (/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`));
const point = z.strictObject({
  time,
  value: z.union([z.number(), z.string(), gauge]),
  tags: z.record(z.string(), z.string()),
  project_id: z.int().optional(),
});
const points = z.record(z.string(), z.array(point));

/** What a case finds: points of its own, or those of the stored file. */
export const evalGiven = z.strictObject({
  /** A file beside the case's own; here, where there is none. */
  fixture: z
    .string()
    .regex(/^[\w.-]+\.json$/)
    .optional(),
  points: points.optional(),
});

/** What a case asks. */
export const evalWhen = z.strictObject({
  mql: z.string(),
  start: time,
  end: time,
  rollup: z.strictObject({
    interval: z.number().nullish(),
    granularity: z.number().nullish(),
    totals: z.boolean().nullish(),
    orderby: z.enum(['ASC', 'DESC']).nullish(),
  }),
  scope: z.strictObject({
    org_ids: z.array(z.int()),
    project_ids: z.array(z.int()),
    use_case_id: z.string().nullish(),
  }),
  limit: z.int().nullish(),
  offset: z.int().nullish(),
  fill: z.boolean().optional(),
  /** There is one store for all metrics: whichever is named, it is asked. */
  dataset: z.string().optional(),
});

const special = z.strictObject({ special: z.enum(['nan', 'inf', '-inf']) }).transform(() => null);
const single = z.union([z.number(), z.null(), special]);
const value = z.union([single, z.array(single)]);
const row = z.object({ aggregate_value: value }).catchall(z.union([z.string(), z.number()]));

/** What a case expects. */
export const evalThen = z.union([
  z.strictObject({ error: z.string(), message: z.string().optional() }),
  z.strictObject({
    rows: z.array(row).optional(),
    row_count: z.int().optional(),
    every_row_has: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    totals: z.object({ aggregate_value: value }).optional(),
    granularity: z.int().optional(),
    interval_count: z.int().optional(),
    modified_start: time.optional(),
    modified_end: time.optional(),
    indexer_mappings: z.union([z.record(z.string(), z.unknown()), z.array(z.string())]).optional(),
    dataset: z.string().optional(),
  }),
]);

/** Whether the door that takes queries refuses what could not even be read as a question here. */
export function isRefusedAtTheDoor(when: unknown): boolean {
  const { mql: query, rollup, limit, offset, fill } = z.looseObject({ rollup: z.looseObject({}) }).parse(when);
  const { interval, granularity, totals, orderby } = rollup;
  return !metricsQueryBody.safeParse({ query, interval, granularity, totals, orderby, limit, offset, fill }).success;
}

/** What a case expects when the query is answered. */
export type ExpectedAnswer = Exclude<z.infer<typeof evalThen>, { error: string }>;
/** A row as a case tells it; what is no number there is null here. */
export type ExpectedRow = z.infer<typeof row>;

const fixture = z.strictObject({
  description: z.string().optional(),
  fixture: z.record(z.string(), points),
});

/** The points that a case finds, by metric. */
export function pointsOf({ fixture: name, points: own = {} }: z.infer<typeof evalGiven>, folder?: URL) {
  const stored = name === undefined ? [] : Object.values(readFixture(name, folder));
  return Object.fromEntries(
    [...stored, own].flatMap(Object.entries<z.infer<typeof point>[]>).map(([mri, list]) => [
      mri,
      list.map(({ time: at, value: measured, tags, project_id }): MemoryPoint => {
        const projectId = project_id === undefined ? {} : { projectId: String(project_id) };
        return { atSeconds: Date.parse(at) / 1_000, value: measured, tags, ...projectId };
      }),
    ]),
  );
}

function readFixture(name: string, folder = new URL(import.meta.url)) {
  const beside = new URL(name, folder);
  const file = existsSync(beside) ? beside : new URL(name, import.meta.url);
  return fixture.parse(JSON.parse(readFileSync(file, 'utf8'))).fixture;
}
