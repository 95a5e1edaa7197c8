import * as z from 'zod';
import { inOurWords } from './notification-words.ts';

const text = z.string();
const message = z.strictObject({
  id: z.number(),
  message_identifier: text.nullish(),
  error_code: z.number().nullish(),
  error_details: z.unknown().optional(),
  /** The message that it answers; none where it is told so. */
  parent_id: z.number().nullish(),
});
const status = z.enum(['warning', 'critical', 'closed']);

const given = z.strictObject({
  /** Which message it became is the stand-in's to say. */
  slack_reply: z.strictObject({ ok: z.boolean(), error: text.optional(), ts: text.optional() }).optional(),
  http_status: z.number().optional(),
  existing_parent_message: message.nullish(),
  existing_messages: z.array(message).default([]),
  integration_status: text.optional(),
  rule_snoozed_for: z.union([text, z.literal(false).transform(() => 'nobody')]).nullish(),
  incident_status: status.optional(),
  store_message: z.literal('raises').optional(),
  parent_lookup: z.literal('raises').optional(),
  /** What drawing it comes to: where it is, or that it cannot be drawn. */
  chart: z.string().nullish(),
  /** The organization's option for answers in threads; a rule of ours has one of its own. */
  thread_flag: z.boolean().default(true),
  features: z.array(text).optional(),
});

/** What the cases say of the world before something is told. */
export const notificationGiven = z.preprocess((told) => inOurWords(told, Object.keys(given.shape)), given);

/** What the cases say of the world before something is told. */
export type NotificationGiven = z.output<typeof notificationGiven>;

/** What is told. */
export const notificationWhen = z.strictObject({
  method: z.enum(['fire', 'resolve']),
  new_status: status.optional(),
  metric_value: z.number().nullish(),
});

/** What is told. */
export type NotificationWhen = z.output<typeof notificationWhen>;

/** What is expected. */
export const notificationThen = z.looseObject({
  result: z.boolean().optional(),
  posted: z.boolean().optional(),
  stored_messages: z.number().optional(),
  stored: z.record(text, z.unknown()).optional(),
  metric: z.tuple([text, z.unknown()]).optional(),
  thread_ts: text.nullish(),
  reply_broadcast: z.boolean().optional(),
  parent: z.number().nullish(),
  image_block: z.boolean().optional(),
  /** What is told to analytics, of which there are none here. */
  analytics: z.unknown().optional(),
});

/** What is expected. */
export type NotificationThen = z.output<typeof notificationThen>;
