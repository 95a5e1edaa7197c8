import * as z from 'zod';
import { messages } from './messages.ts';
import { isValueOf, notificationKinds, notificationValues } from './notification-words.ts';

/** Each may come with a check of its project, and a transaction has a hundred steps. */
const maxSettings = 50;

const wish = z
  .object({
    project: z
      .union([z.string(), z.number()], messages.projectNeeded)
      .transform(String)
      .nullish()
      .meta({
        description: 'Slug or ID; null or left out for all projects.',
        override: { type: ['string', 'number', 'null'] },
      }),
    kind: z.enum(notificationKinds, messages.kindUnknown),
    value: z.enum([...notificationValues, 'default'], messages.valueUnknown).meta({
      description: '"default" forgets the setting; "committed_only" is for deploys, and "always" for all others.',
    }),
  })
  .refine(({ kind, value }) => value === 'default' || isValueOf(kind, value), {
    error: ({ input }) =>
      (input as { kind?: unknown }).kind === 'deploy' ? messages.deploysNeverAlways : messages.committedOnlyOfDeploys,
    path: ['value'],
  });

/** What somebody wants to be told about, about one project or all. */
export type NotificationWish = z.infer<typeof wish>;

/** The body that changes settings: one of them, or a list. */
export const notificationSettingsBody = z
  .preprocess(
    (sent) => (Array.isArray(sent) ? sent : [sent]),
    z.array(wish).min(1, messages.settingsNeeded).max(maxSettings, messages.tooManySettings(maxSettings)),
  )
  .meta({
    override: {
      type: ['object', 'array'],
      description: `{"project": slug, ID or null for all, "kind": ${notificationKinds.join(' | ')}, "value": ${notificationValues.join(' | ')} | default}, or a list of such.`,
    },
  });
