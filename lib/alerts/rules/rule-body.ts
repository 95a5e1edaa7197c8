import * as z from 'zod';
import { ruleMessages as messages } from '../messages.ts';

/** So many people and places one trigger tells. */
export const mostActions = 20;
/** Critical, and warning beside it. */
export const mostTriggers = 2;

/** A whole number of minutes up to `most`. */
function minutes(most: number, sentence: string) {
  return z.number(sentence).int(sentence).min(1, sentence).max(most, sentence);
}

/** A threshold: neither beyond what can be kept, nor so close to 0 that nothing is left of it beside 100 %. */
export function thresholdNumber(sentence: string) {
  return z
    .number(sentence)
    .min(-1e15, sentence)
    .max(1e15, sentence)
    .refine((value) => value === 0 || Math.abs(value) >= 1e-9, sentence);
}

/** Some clients send numbers as texts and some IDs as numbers. */
const identifier = z.union([z.string().trim().max(2_000), z.number()], messages.identifier).nullish();

/** Somebody to tell. */
export const actionBody = z.object({
  type: z.enum(['slack', 'user', 'team', 'webhook'], messages.actionType),
  targetType: z
    .string()
    .nullish()
    .meta({ description: 'With type `slack`: `specific` for a channel, or `user` or `team`.' }),
  targetIdentifier: identifier.meta({
    description: 'The name of a channel, the ID of a user, the slug or ID of a team, or the address of a webhook.',
  }),
  inputChannelId: z.string().trim().nullish().meta({ description: 'The ID of a channel, such as C0123ABCD.' }),
  integrationId: identifier.meta({
    description: 'The Slack workspace of a channel, such as T0123ABCD; may be left out where there is only one.',
  }),
});

const triggerBody = z.object({
  label: z.string().meta({ description: '`critical` for the first, `warning` for the second.' }),
  alertThreshold: thresholdNumber(messages.threshold).meta({
    description: 'With `comparisonDelta` a change in per cent.',
  }),
  actions: z.array(actionBody).max(mostActions, messages.tooManyActions(mostActions)).nullish(),
});

/** The body that asks for a new rule. Fields that we do not know are left alone. */
export const alertRuleBody = z.object({
  name: z
    .string()
    .trim()
    .min(1, messages.name)
    .max(256, messages.name)
    .regex(/^\P{Cc}*$/u, messages.name)
    .refine((name) => name.isWellFormed(), messages.name),
  aggregate: z.string().trim().min(1, messages.aggregateEmpty).meta({
    description: 'count(), count_unique(user), percentage(sessions_crashed, sessions), or any metrics query.',
  }),
  query: z.string().trim().nullish().meta({ description: 'Which points count: conditions such as `level:error`.' }),
  queryType: z.union([z.literal(0), z.literal(1), z.literal(2)], messages.queryType).nullish(),
  dataset: z.string().nullish(),
  eventTypes: z.array(z.string()).nullish(),
  environment: z.string().trim().max(64, messages.environment).nullish(),
  projects: z.array(z.string()).nullish().meta({ description: 'Exactly one, by slug.' }),
  timeWindow: minutes(1_440, messages.timeWindow).meta({ description: 'Minutes.' }),
  thresholdType: z
    .union([z.literal(0), z.literal(1)], messages.thresholdType)
    .meta({ description: '0 alerts above the threshold, 1 below.' }),
  resolveThreshold: thresholdNumber(messages.resolveThreshold).nullish(),
  thresholdPeriod: z
    .number(messages.thresholdPeriod)
    .int(messages.thresholdPeriod)
    .min(1, messages.thresholdPeriod)
    .max(20, messages.thresholdPeriod)
    .nullish(),
  comparisonDelta: minutes(128_160, messages.comparisonDelta).nullish().meta({ description: 'Minutes.' }),
  triggers: z.array(triggerBody),
  owner: z.string().trim().nullish().meta({ description: '`user:<ID>` or `team:<slug or ID>`.' }),
  description: z.string().trim().max(1_000, messages.description).nullish(),
  noData: z.enum(['ok', 'alert', 'keep'], messages.noDataWord).nullish(),
  gracePeriod: z
    .number(messages.gracePeriod)
    .int(messages.gracePeriod)
    .min(0, messages.gracePeriod)
    .max(600, messages.gracePeriod)
    .nullish()
    .meta({ description: 'Seconds from the end of a window until it is judged.' }),
  minimumSessions: z
    .number(messages.minimumSessions)
    .int(messages.minimumSessions)
    .min(0, messages.minimumSessions)
    .max(1_000_000, messages.minimumSessions)
    .nullish()
    .meta({ description: 'Windows with fewer sessions are not judged; for crash-free rates.' }),
  threads: z.enum(['thread', 'messages'], messages.threads).nullish(),
  broadcast: z.boolean(messages.broadcast).nullish(),
});

/** What a rule is made of, as it was sent. */
export type AlertRuleBody = z.infer<typeof alertRuleBody>;

/** Somebody to tell, as it was sent. */
export type ActionBody = z.infer<typeof actionBody>;

/** The body that changes a rule: what is left out stays. */
export const alertRuleChangesBody = alertRuleBody.partial().extend({
  revision: z.int().nullish().meta({ description: 'Refuses the change when the rule is another by now.' }),
});

/** What is to be another in a rule. */
export type AlertRuleChanges = z.infer<typeof alertRuleChangesBody>;
