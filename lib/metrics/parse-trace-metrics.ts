import * as z from 'zod';
import type { MetricType } from './metric-name.ts';
import type { MetricPoint, Sample } from './metric-point.ts';
import { normaliseName } from './normalise-name.ts';
import { normaliseTags } from './normalise-tags.ts';
import { jsonOf } from './payload-fields.ts';
import { RefusalCounter, type RefusalReason, type RefusalTally } from './refused-points.ts';

const container = z.object({ items: z.array(z.unknown()) });
const traceMetric = z.object({
  name: z.string(),
  type: z.enum(['counter', 'gauge', 'distribution']),
  value: z.number(),
  unit: z.string().nullish(),
  timestamp: z.number().nullish(),
  // Looked at one by one: one that we cannot read does not cost the point.
  attributes: z.looseObject({}).nullish(),
});
const attribute = z.object({ value: z.union([z.string(), z.number(), z.boolean()]) });

const types: Readonly<Record<z.infer<typeof traceMetric>['type'], MetricType>> = {
  counter: 'c',
  gauge: 'g',
  distribution: 'd',
};

/** Our tags for what SDKs put to every point; everything else of theirs (`sentry.`) is about the SDK. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['sentry.release', 'release'],
  ['sentry.environment', 'environment'],
]);
/** Of whoever was signed in: a series of each person would be no metric, and their addresses belong nowhere here. */
const ofPerson: ReadonlySet<string> = new Set(['user.id', 'user.email', 'user.name']);

/** Reads the payload of a `trace_metric` item, as SDKs send it. What cannot be read is counted, not thrown. */
export function parseTraceMetrics(text: string): { readonly points: MetricPoint[]; readonly refused: RefusalTally } {
  const points: MetricPoint[] = [];
  const refused = new RefusalCounter();
  const read = container.safeParse(jsonOf(text));
  if (!read.success) refused.add('malformed_metric');
  for (const item of read.data?.items ?? []) {
    const point = parsePoint(item);
    if (typeof point === 'string') refused.add(point);
    else points.push(point);
  }
  return { points, refused: refused.tally };
}

function parsePoint(item: unknown): MetricPoint | RefusalReason {
  const read = traceMetric.safeParse(item);
  if (!read.success) return 'malformed_metric';
  const { name, type, value, unit, timestamp, attributes } = read.data;
  const metric = normaliseName(types[type], name, unit ?? 'none');
  if (metric === undefined) return 'name';
  const tags = normaliseTags(tagsOf(attributes ?? {}));
  if (typeof tags === 'string') return tags;
  return { metric, tags, sample: sampleOf(type, value), timestamp: timestamp ?? undefined };
}

function sampleOf(type: keyof typeof types, value: number): Sample {
  if (type === 'counter') return { type: 'c', increment: value };
  if (type === 'distribution') return { type: 'd', values: [value] };
  return { type: 'g', last: value, min: value, max: value, sum: value, count: 1 };
}

function tagsOf(attributes: Readonly<Record<string, unknown>>): [name: string, value: string][] {
  return Object.entries(attributes).flatMap(([key, sent]) => {
    const name = renamed.get(key) ?? key;
    const read = attribute.safeParse(sent);
    const isOurs = !(name.startsWith('sentry.') || ofPerson.has(name));
    return read.success && isOurs ? [[name, String(read.data.value)] as [string, string]] : [];
  });
}
