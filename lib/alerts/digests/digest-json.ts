import * as z from 'zod';
import { writePeriod } from './digest-period.ts';
import type { DigestSending } from './digest-sending-store.ts';
import type { ReachedDigest } from './reached-digest.ts';

/** One time that a digest was to be sent, as the API shows it. */
export const digestSendingJson = z
  .object({
    dateScheduled: z.string(),
    reason: z.enum(['schedule', 'request']).meta({ description: 'Its schedule, or somebody who wanted to see it.' }),
    state: z.enum(['pending', 'sent', 'failed', 'skipped']),
    attempts: z.number(),
    error: z
      .object({ code: z.string(), detail: z.string() })
      .nullable()
      .meta({ description: 'Why it failed for good, or was skipped, and what to do about it.' }),
    dateEnded: z.string().nullable(),
    messageTs: z.string().nullable().meta({ description: 'Slack’s name for the message within its channel.' }),
  })
  .meta({ id: 'DigestSending' });

/** A digest as the API shows it. */
export const digestJson = z
  .object({
    id: z.string(),
    name: z.string(),
    rules: z
      .array(z.object({ id: z.string(), name: z.string(), project: z.string() }))
      .meta({ description: 'Those that there still are.' }),
    schedule: z.string(),
    timeZone: z.string(),
    period: z.string(),
    integrationId: z.string().meta({ description: 'The Slack workspace.' }),
    inputChannelId: z.string(),
    channelName: z.string(),
    enabled: z.boolean(),
    dateNext: z.string().nullable().meta({ description: 'Null when it is switched off, or has nothing left to tell.' }),
    dateCreated: z.string(),
    dateModified: z.string(),
    revision: z.number().meta({ description: 'Send it with a change, so that nobody else’s is overwritten.' }),
  })
  .meta({ id: 'Digest' });

/** A digest with its last sendings. */
export const digestDetailJson = digestJson
  .extend({ sendings: z.array(digestSendingJson).meta({ description: 'The last ten, the newest first.' }) })
  .meta({ id: 'DigestDetail' });

/** Shows a digest. */
export function serializeDigest({ digest, rules }: ReachedDigest): z.infer<typeof digestJson> {
  const { channel } = digest;
  return {
    id: digest.id,
    name: digest.name,
    rules: rules.map(({ rule, project }) => ({ id: rule.id, name: rule.name, project: project.slug })),
    schedule: digest.cron,
    timeZone: digest.timeZone,
    period: writePeriod(digest.periodSeconds),
    integrationId: channel.teamId,
    inputChannelId: channel.channelId,
    channelName: channel.channelName,
    enabled: digest.enabled,
    dateNext: digest.nextAt,
    dateCreated: digest.createdAt,
    dateModified: digest.editedAt ?? digest.createdAt,
    revision: digest.revision,
  };
}

/** Shows what became of a sending. */
export function serializeSending(sending: DigestSending): z.infer<typeof digestSendingJson> {
  const { scheduledAt, reason, state, attempts, error = null, endedAt = null, messageTs = null } = sending;
  return { dateScheduled: scheduledAt, reason, state, attempts, error, dateEnded: endedAt, messageTs };
}
