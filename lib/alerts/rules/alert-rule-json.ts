import * as z from 'zod';
import type { AlertAction, AlertRule } from '../alert-rule-store.ts';
import { untoldOutageSchema } from '../outages/outage.ts';
import { datasetOf } from './check-measure.ts';
import { changeOfShare } from './percent-change.ts';
import { queryTypeOf } from './query-type.ts';
import type { RuleNames } from './rule-names.ts';
import { originOfWebhook } from './webhook-address.ts';

const actionJson = z.object({
  id: z.string(),
  type: z.enum(['slack', 'user', 'team', 'webhook']),
  targetType: z.enum(['specific', 'user', 'team']),
  targetIdentifier: z.string().meta({
    description: 'As it is sent; of a webhook only the origin for who may not change the rule.',
  }),
  inputChannelId: z.string().nullable(),
  integrationId: z.string().nullable().meta({ description: 'The Slack workspace.' }),
  desc: z.string().meta({ description: 'For people.' }),
  secret: z.string().optional().meta({
    description: 'With what messages to a new webhook are signed: in the answer that makes it, and never again.',
  }),
});

const triggerJson = z.object({
  id: z.string(),
  alertRuleId: z.string(),
  label: z.enum(['critical', 'warning']),
  thresholdType: z.union([z.literal(0), z.literal(1)]),
  alertThreshold: z.number(),
  resolveThreshold: z.number().nullable(),
  dateCreated: z.string(),
  actions: z.array(actionJson),
});

const personJson = z.object({ id: z.string(), name: z.string(), email: z.string() });

/** A rule as the API shows it. */
export const alertRuleJson = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.literal(0),
    projects: z.array(z.string()).meta({ description: 'Slugs.' }),
    queryType: z.union([z.literal(0), z.literal(1), z.literal(2)]),
    dataset: z.string(),
    eventTypes: z.array(z.string()),
    aggregate: z.string(),
    query: z.string(),
    environment: z.string().nullable(),
    timeWindow: z.number().meta({ description: 'Minutes.' }),
    resolution: z.number().meta({ description: 'Minutes from one look to the next.' }),
    thresholdType: z.union([z.literal(0), z.literal(1)]).meta({ description: '0 above, 1 below.' }),
    resolveThreshold: z.number().nullable(),
    thresholdPeriod: z.number(),
    comparisonDelta: z.number().nullable().meta({ description: 'Minutes; thresholds are then changes in per cent.' }),
    triggers: z.array(triggerJson),
    owner: z.string().nullable(),
    description: z.string(),
    noData: z.enum(['ok', 'alert', 'keep']),
    gracePeriod: z.number().meta({ description: 'Seconds.' }),
    minimumSessions: z.number().meta({ description: 'Windows with fewer sessions are not judged.' }),
    threads: z.enum(['thread', 'messages']),
    broadcast: z.boolean(),
    difficulty: z
      .object({
        reads: z.enum(['hours', 'nothing']),
        since: z.string(),
        reason: z.string().meta({ description: 'Why, and what to do about it.' }),
        told: z
          .array(
            z.object({
              destination: z.string().meta({ description: 'In words.' }),
              state: z.enum(['pending', 'sent', 'failed']),
              error: z.object({ code: z.string(), detail: z.string() }).nullable(),
            }),
          )
          .meta({ description: 'Who in Slack was told that it cannot be read.' }),
      })
      .nullable()
      .meta({
        description:
          'When its metric could not be read minute by minute at the last look: hour by hour, or not at all.',
      }),
    untoldOutage: untoldOutageSchema.nullable().meta({
      description:
        'The last time when its metric could not be read, if not everybody could be told of that; until there is another, or the rule is changed.',
    }),
    snooze: z.boolean().meta({ description: 'Whether the caller is told nothing at the moment.' }),
    snoozeForEveryone: z.boolean(),
    snoozeCreatedBy: z.string().nullable().meta({ description: 'Who did it, by name; `You` for the caller.' }),
    snoozeUntil: z.string().nullable().meta({ description: 'null until somebody ends it.' }),
    dateCreated: z.string(),
    dateModified: z.string(),
    createdBy: personJson.nullable(),
    revision: z.number().meta({ description: 'Send it with a change, so that nobody else’s is overwritten.' }),
  })
  .meta({ id: 'AlertRule' });

/** How much of a rule is shown. */
export interface RuleView {
  /** Whether webhooks are shown with their whole addresses, which may hold secrets of those who answer there. */
  readonly showsAddresses: boolean;
  /** New secrets, by the address of their webhook. */
  readonly secrets?: ReadonlyMap<string, string>;
}

/** Serializes a rule, with what things are called. */
export function serializeAlertRule(rule: AlertRule, names: RuleNames, view: RuleView): z.infer<typeof alertRuleJson> {
  const queryType = queryTypeOf(rule.aggregate);
  const difficulty = names.difficulty(rule);
  const creator = rule.createdBy === undefined ? undefined : names.person(rule.createdBy);
  return {
    id: rule.id,
    name: rule.name,
    status: 0,
    projects: [names.project(rule.projectId)],
    queryType,
    dataset: datasetOf(queryType),
    eventTypes: queryType === 0 ? ['error', 'default'] : [],
    aggregate: rule.aggregate,
    query: rule.query,
    environment: rule.environment,
    timeWindow: rule.windowSeconds / 60,
    resolution: rule.resolutionSeconds / 60,
    ...enteredThresholds(rule),
    thresholdPeriod: rule.thresholdPeriod,
    comparisonDelta: rule.comparisonSeconds === null ? null : rule.comparisonSeconds / 60,
    triggers: triggersOf(rule, names, view),
    owner: ownerOf(rule, names),
    description: rule.description,
    noData: rule.noData,
    gracePeriod: rule.graceSeconds,
    minimumSessions: rule.minimumSessions,
    threads: rule.threads,
    broadcast: rule.broadcast,
    difficulty: difficulty === undefined ? null : { ...difficulty, told: [...difficulty.told] },
    untoldOutage: names.untoldOutage(rule) ?? null,
    ...names.snooze(rule),
    dateCreated: rule.createdAt,
    dateModified: rule.editedAt ?? rule.createdAt,
    createdBy: creator === undefined ? null : { id: creator.userId, name: creator.name, email: creator.email },
    revision: rule.revision,
  };
}

function enteredThresholds(rule: AlertRule) {
  const { thresholdType: side, resolveThreshold } = rule;
  return {
    thresholdType: side === 'above' ? 0 : 1,
    resolveThreshold: resolveThreshold === null ? null : asEntered(rule, resolveThreshold),
  } as const;
}

/** Comparison rules are entered as changes and kept as shares. */
export function asEntered(rule: Pick<AlertRule, 'comparisonSeconds' | 'thresholdType'>, kept: number): number {
  return rule.comparisonSeconds === null ? kept : changeOfShare(kept, rule.thresholdType);
}

/** An owner as clients write it; a team by its ID. */
function ownerOf({ owner }: AlertRule, names: RuleNames): string | null {
  if (owner === null) return null;
  return `${owner.type}:${owner.type === 'team' ? names.teamId(owner.id) : owner.id}`;
}

function triggersOf(rule: AlertRule, names: RuleNames, view: RuleView) {
  return rule.triggers.map(({ label, threshold, actions }) => {
    const id = `${rule.id}-${label}`;
    return {
      id,
      alertRuleId: rule.id,
      label,
      ...enteredThresholds(rule),
      alertThreshold: asEntered(rule, threshold),
      dateCreated: rule.createdAt,
      actions: actions.map((action, index) => ({
        id: `${id}-${index + 1}`,
        ...serializeAction(action, names),
        ...(action.type === 'webhook' && serializeAddress(action.url, view)),
      })),
    };
  });
}

function serializeAddress(url: string, { showsAddresses, secrets }: RuleView) {
  const secret = secrets?.get(url);
  return {
    targetIdentifier: showsAddresses ? url : originOfWebhook(url),
    ...(secret !== undefined && { secret }),
  };
}

/** An action as it can be sent again, and for people. */
function serializeAction(action: AlertAction, names: RuleNames) {
  const none = { inputChannelId: null, integrationId: null };
  switch (action.type) {
    case 'slack': {
      const { type, teamId, channelId, channelName } = action;
      const target = { targetType: 'specific' as const, targetIdentifier: channelName };
      return { type, ...target, inputChannelId: channelId, integrationId: teamId, desc: `Slack #${channelName}` };
    }
    case 'user': {
      const desc = names.person(action.userId)?.name ?? action.userId;
      return { type: action.type, targetType: 'user' as const, targetIdentifier: action.userId, ...none, desc };
    }
    case 'team':
      return {
        ...{ type: action.type, targetType: 'team' as const, targetIdentifier: names.teamId(action.team), ...none },
        desc: `Team ${action.team}`,
      };
    default:
      return {
        ...{ type: action.type, targetType: 'specific' as const, targetIdentifier: action.url, ...none },
        desc: `Webhook ${new URL(action.url).host}`,
      };
  }
}
