import * as z from 'zod';

const name = z.union([z.string(), z.number(), z.null()]).optional();
/** What is the same in all but its id tells the same. */
const action = z.strictObject({
  id: z.string(),
  target: z.string(),
  type: name,
  target_type: name,
  integration: name,
  app: name,
});

/** A rule as the cases tell it; times are seconds. */
const ruleForm = z.strictObject({
  threshold_type: z.enum(['above', 'below']),
  resolve_threshold: z.number().nullable(),
  threshold_period: z.number(),
  time_window_s: z.number(),
  resolution_s: z.number(),
  triggers: z.array(
    z.strictObject({ label: z.enum(['critical', 'warning']), threshold: z.number(), actions: z.array(action) }),
  ),
  comparison_delta_s: z.number().nullable().optional(),
  aggregate: z.string().optional(),
  /** Which events count was decided before the value was told. */
  query: z.string().optional(),
  crash_rate: z.boolean().optional(),
  min_sessions: z.number().nullable().optional(),
  /** Ours: what a window without data means. */
  no_data: z.enum(['ok', 'alert', 'keep']).optional(),
});

const update = z.strictObject({
  timestamp: z.number(),
  /** The time on the wall; the timestamp when it is not told. */
  wall: z.number().optional(),
  value: z.number().nullable().optional(),
  comparison_value: z.number().nullable().optional(),
  sessions: z.number().nullish(),
  crashed: z.number().nullish(),
  set_rule: ruleForm.partial().optional(),
});

/** What a step does not tell is not compared. */
const step = z.strictObject({
  counters: z.array(z.string()),
  active_incident: z.strictObject({ number: z.number(), status: z.string() }).nullable().optional(),
  triggers: z.record(z.string(), z.enum(['active', 'resolved'])).optional(),
  alert_counts: z.record(z.string(), z.number()).optional(),
  resolve_counts: z.record(z.string(), z.number()).optional(),
  notifications: z
    .array(
      z.strictObject({
        action: z.string(),
        method: z.enum(['fire', 'resolve']),
        new_status: z.string(),
        metric_value: z.number().nullable(),
      }),
    )
    .default([]),
  evaluated_value: z.number().nullable().optional(),
  rate_limited: z.array(z.string()).default([]),
  skipped: z.string().nullish(),
});

const incident = z.strictObject({
  number: z.number(),
  status: z.string(),
  date_started: z.number(),
  date_detected: z.number(),
  date_closed: z.number().nullable(),
  activities: z.array(z.strictObject({ type: z.string(), from: z.string().optional(), to: z.string().optional() })),
});

/** What a case of the state machine looks like. */
export const alertForm = z.object({
  given: z.strictObject({ rule: ruleForm, times: z.string().optional() }),
  when: z.strictObject({ updates: z.array(update) }),
  then: z.strictObject({ steps: z.array(step), incidents: z.array(incident) }),
});

/** A rule of a case. */
export type CaseRule = z.infer<typeof ruleForm>;

/** What a case feeds the machine with. */
export type CaseUpdate = z.infer<typeof update>;

/** What a case expects after an update. */
export type CaseStep = z.infer<typeof step>;

/** An incident as it stands after a case. */
export type CaseIncident = z.infer<typeof incident>;
