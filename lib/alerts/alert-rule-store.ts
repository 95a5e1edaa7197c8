import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { itemType } from '../platform/item-type.ts';
import { notThere, type WriteAction } from '../platform/table.ts';

const actionSchema = z.object({
  type: z.literal('slack'),
  teamId: z.string(),
  channelId: z.string(),
  /** Only shown: a channel is its workspace and id, whatever it is called by now. */
  channelName: z.string(),
});

const triggerSchema = z.object({
  label: z.enum(['critical', 'warning']),
  threshold: z.number(),
  actions: z.array(actionSchema),
});

const alertRuleSchema = z.object({
  id: z.string(),
  organization: z.string(),
  projectId: z.string(),
  name: z.string(),
  /** What is computed over the window, and of which metric (an MRI). */
  aggregate: z.literal('sum'),
  metric: z.string(),
  windowSeconds: z.number(),
  /** How often the rule is looked at. */
  resolutionSeconds: z.number(),
  thresholdType: z.enum(['above', 'below']),
  /** Where the alert ends; just beyond the alert threshold when it is null. */
  resolveThreshold: z.number().nullable(),
  /** How many evaluations in a row must agree before anything changes. */
  thresholdPeriod: z.number(),
  triggers: z.array(triggerSchema).min(1),
  createdAt: z.string(),
});

const alertRule = itemType({
  name: 'alert rule',
  schema: alertRuleSchema,
  key: (id: string) => ({ pk: `ALERT_RULE#${id}`, sk: 'RULE' }),
  address: ({ id }) => id,
  index: ({ organization, id }) => ({ gsi1pk: organizationRules(organization), gsi1sk: id }),
});

/** A rule: what is watched, when it is too much, and who is told. */
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** One threshold of a rule with those who are told about it. */
export type AlertTrigger = z.infer<typeof triggerSchema>;

/** Somebody to tell: a channel of a Slack workspace. */
export type AlertAction = z.infer<typeof actionSchema>;

/** The write that makes a rule. */
export function insertRule(rule: AlertRule): WriteAction {
  return { put: alertRule.toItem(rule), onlyIf: notThere };
}

/** The write that forgets a rule. */
export function deleteRule(id: string): WriteAction {
  return { delete: alertRule.key(id) };
}

/** The rule with this id. */
export async function loadRule({ table }: Pick<App, 'table'>, id: string): Promise<AlertRule | undefined> {
  const item = await table.get(alertRule.key(id));
  return item && alertRule.fromItem(item);
}

/** All rules of an organization, the oldest first. */
export async function loadRules({ table }: Pick<App, 'table'>, organization: string): Promise<AlertRule[]> {
  return Array.fromAsync(
    table.queryAll({ index: 'gsi1', partition: organizationRules(organization) }),
    alertRule.fromItem,
  );
}

function organizationRules(organization: string): string {
  return `ORG#${organization}#ALERT_RULES`;
}
