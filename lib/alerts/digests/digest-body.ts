import * as z from 'zod';
import { digestFaults as faults } from './messages.ts';

const mostRules = 10;

/** The body that asks for a new digest. No other system has digests: a field that we do not know is a slip of the pen. */
export const digestBody = z.strictObject({
  name: z
    .string(faults.name)
    .trim()
    .min(1, faults.name)
    .max(128, faults.name)
    .regex(/^\P{Cc}*$/u, faults.name)
    .refine((name) => name.isWellFormed(), faults.name),
  rules: z
    .array(z.string(faults.rules).regex(/^\d{1,20}$/u, faults.rules), faults.rules)
    .min(1, faults.rules)
    .max(mostRules, faults.rules)
    .refine((ids) => new Set(ids).size === ids.length, faults.rules)
    .meta({ description: 'IDs of one to ten alert rules, in the order in which they are shown.' }),
  schedule: z
    .string(faults.scheduleParts)
    .trim()
    .max(200, faults.scheduleParts)
    .meta({ description: 'A cron pattern of five parts: `0 9 * * 1` is Mondays at 9:00. Once an hour at most.' }),
  timeZone: z
    .string()
    .trim()
    .max(64)
    .nullish()
    .meta({ description: 'In which the schedule is read, such as `Europe/Berlin`; `UTC` unless told.' }),
  period: z
    .string(faults.period)
    .meta({ description: 'How much of the past is told: `24h`, `7d`, `4w`; up to 13 weeks.' }),
  inputChannelId: z.string(faults.channel).trim().meta({ description: 'The ID of a channel, such as C0123ABCD.' }),
  channelName: z.string().trim().max(80).nullish().meta({ description: 'What the channel is called; only shown.' }),
  integrationId: z
    .string()
    .nullish()
    .meta({ description: 'The Slack workspace, such as T0123ABCD; may be left out where there is only one.' }),
  enabled: z.boolean().nullish().meta({ description: 'Whether it is sent by its schedule; it is unless told.' }),
});

/** What a digest is made of, as it was sent. */
export type DigestBody = z.infer<typeof digestBody>;

/** The body that changes a digest: what is left out stays. */
export const digestChangesBody = digestBody.partial().extend({
  revision: z.int().nullish().meta({ description: 'Refuses the change when the digest is another by now.' }),
});

/** What is to be another in a digest. */
export type DigestChanges = z.infer<typeof digestChangesBody>;
