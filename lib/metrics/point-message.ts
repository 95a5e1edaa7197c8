import * as z from 'zod';
import { mri, parseMri } from './metric-name.ts';
import type { MetricPoint, Sample } from './metric-point.ts';

/** Points of one request on their way to the worker, or a part of them. */
export interface PointMessage {
  /** Names the message however often it is delivered: whoever sends it makes it up, of 128 bits. */
  readonly batchId: string;
  readonly organization: string;
  readonly projectId: string;
  /** When the request came; the time of points that tell none. */
  readonly receivedAtSeconds: number;
  readonly points: readonly MetricPoint[];
}

const bins = z.array(z.tuple([z.number(), z.number()]));
const total = { stream: z.string(), startSeconds: z.number() };

/** A sample without its type, which the metric's id begins with. */
const samples = {
  c: z.union([
    z.strictObject({ increment: z.number() }),
    z.strictObject({ cumulative: z.strictObject({ ...total, value: z.number() }) }),
  ]),
  d: z.union([
    z.strictObject({ values: z.array(z.number()) }),
    z.strictObject({ bins, sum: z.number().optional(), min: z.number().optional(), max: z.number().optional() }),
    z.strictObject({ cumulative: z.strictObject({ ...total, bins, sum: z.number().optional() }) }),
  ]),
  g: z.strictObject({ last: z.number(), min: z.number(), max: z.number(), sum: z.number(), count: z.number() }),
  s: z.strictObject({ members: z.array(z.string()) }),
} as const;

/** A point as it travels. Keys are short because a message is full of them: metric, tags, at, sample. */
const wirePoint = z
  .strictObject({
    m: z.string(),
    t: z.record(z.string(), z.string()).optional(),
    a: z.number().optional(),
    s: z.unknown(),
  })
  .transform(({ m, t = {}, a, s }, context): MetricPoint => {
    const metric = parseMri(m);
    if (metric === undefined) {
      context.addIssue({ code: 'custom', message: 'not a metric id', path: ['m'] });
      return z.NEVER;
    }
    const sample = samples[metric.type].safeParse(s);
    if (!sample.success) {
      context.addIssue({ code: 'custom', message: `not a sample of type ${metric.type}`, path: ['s'] });
      return z.NEVER;
    }
    return { metric, tags: t, sample: { type: metric.type, ...sample.data } as Sample, timestamp: a };
  });

/** Reads a message with points as `toWirePoint` makes them, after its way through JSON. */
export const pointMessage = z.strictObject({
  batchId: z.string().regex(/^[\w-]{16,64}$/),
  organization: z.string().min(1),
  projectId: z.string().min(1),
  receivedAtSeconds: z.number(),
  points: z.array(wirePoint),
});

/** A message as it travels; `pointMessage` reads it. */
export type WireMessage = z.input<typeof pointMessage>;

/** A point as it travels. */
export type WirePoint = WireMessage['points'][number];

/** The point in its compact form. */
export function toWirePoint({ metric, tags, sample, timestamp }: MetricPoint): WirePoint {
  const { type: _, ...rest } = sample;
  return {
    m: mri(metric),
    ...(Object.keys(tags).length > 0 && { t: { ...tags } }),
    ...(timestamp !== undefined && { a: timestamp }),
    s: rest,
  };
}
