import * as z from 'zod';

const text = z.string();
const id = z.union([z.number(), z.string()]).transform(String);
/** Some numbers are told as texts. */
const value = z.union([z.number(), z.string()]).nullish();

const status = z.enum(['open', 'warning', 'critical', 'closed']);
const incident = z.strictObject({
  identifier: z.number().optional(),
  status: status.optional(),
  date_started: text,
  date_closed: text.nullish(),
});

/** What the cases say of a rule, its incidents and the moment. */
export const renderingGiven = z.strictObject({
  rule: z
    .strictObject({
      id,
      name: text,
      organization_slug: text,
      aggregate: text,
      time_window_s: z.number(),
      comparison_delta_s: z.number().nullable(),
      threshold_type: z.enum(['above', 'below']),
      description: text.nullish(),
      environment: text.nullish(),
      /** Which points count was decided before a value is told. */
      query: text.optional(),
    })
    .optional(),
  incident: incident.optional(),
  incidents: z.array(incident).optional(),
  current_value: value,
  now: text.optional(),
  retention_days: z.number().nullish(),
  /** Features of the other system; what ours can do, it does. */
  features: z.array(text).optional(),
});

/** What the cases say of a rule, its incidents and the moment. */
export type RenderingGiven = z.output<typeof renderingGiven>;

/** A status of which nothing is told. */
const untold = 'open';

const told = {
  new_status: z.enum(['warning', 'critical', 'closed', untold]).optional(),
  metric_value: value,
  notification_uuid: text.optional(),
  chart_url: text.nullish(),
};

/** What is asked for. */
export const renderingWhen = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('incident_status_text'), metric_value: value }),
  z.strictObject({ call: z.literal('incident_attachment_info'), ...told, referrer: text.optional() }),
  z.strictObject({ call: z.literal('slack_incident_message'), ...told }),
  z.strictObject({ call: z.literal('slack_metric_alert_message'), ...told, incident: z.number().nullish() }),
  z.strictObject({
    call: z.literal('metric_alert_attachment_info'),
    ...told,
    incident: z.number().nullish(),
  }),
  z.strictObject({ call: z.literal('incident_chart_range'), time_window_s: z.number() }),
  z.strictObject({
    call: z.literal('incident_time_range'),
    time_window_s: z.number(),
    windowed_stats: z.boolean().optional(),
    start: text.nullish(),
    end: text.nullish(),
  }),
]);

/** What is asked for. */
export type RenderingWhen = z.output<typeof renderingWhen>;

const message = z.strictObject({
  status_text: text.optional(),
  title: text.optional(),
  title_link: text.optional(),
  color: text.nullish(),
  started_at: z.number().nullish(),
  notes: text.nullish(),
  chart: text.nullish(),
  fallback_contains: z.array(text).optional(),
});

/** What is expected of a message, whatever its blocks are. */
export type ExpectedMessage = z.output<typeof message>;

const uncarried = {
  logo_url: z.unknown().optional(),
  last_triggered_date: z.unknown().optional(),
  monitor_type: z.unknown().optional(),
  activator: z.unknown().optional(),
  condition_type: z.unknown().optional(),
};

/** What of an attachment our messages do not carry. */
export const uncarriedKeys: readonly string[] = Object.keys(uncarried);

/** What is expected. */
export const renderingThen = z.strictObject({
  title: text.optional(),
  text: text.optional(),
  status: text.optional(),
  ts: text.optional(),
  title_link: text.optional(),
  start: text.optional(),
  end: text.optional(),
  date_started: text.nullish(),
  message: message.optional(),
  ...uncarried,
});

/** What is expected. */
export type RenderingThen = Omit<z.output<typeof renderingThen>, keyof typeof uncarried>;

/** A value as a number; undefined where the case tells none. */
export function numberOf(told: z.output<typeof value>): number | null | undefined {
  return typeof told === 'string' ? Number(told) : told;
}
