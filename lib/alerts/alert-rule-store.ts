import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { isThere, notThere, type WriteAction } from '../platform/table.ts';

const actionSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('slack'),
    teamId: z.string(),
    channelId: z.string(),
    /** Only shown: a channel is its workspace and id, whatever it is called by now. */
    channelName: z.string(),
  }),
  /** A person, by direct message. */
  z.object({ type: z.literal('user'), userId: z.string() }),
  /** A team, in the channels that it is linked to; by its slug, which never changes. */
  z.object({ type: z.literal('team'), team: z.string() }),
  /** An address of somebody's own. What is sent there is signed with the secret. */
  z.object({ type: z.literal('webhook'), url: z.string(), sealedSecret: z.string() }),
]);

const triggerSchema = z.object({
  label: z.enum(['critical', 'warning']),
  threshold: z.number(),
  actions: z.array(actionSchema),
});

const snoozeSchema = z.object({
  /** ISO time; null until somebody ends it. */
  until: z.string().nullable(),
  by: z.string(),
  at: z.string(),
});

const alertRuleSchema = z.object({
  id: z.string(),
  organization: z.string(),
  projectId: z.string(),
  name: z.string(),
  /** What is computed over the window, as it was entered: `count()`, `p95(d:custom/load@millisecond)`. */
  aggregate: z.string(),
  /** Which points count, in the filters of the query language; all when it is empty. */
  query: z.string().default(''),
  environment: z.string().nullable().default(null),
  windowSeconds: z.number(),
  /** How often the rule is looked at. */
  resolutionSeconds: z.number(),
  thresholdType: z.enum(['above', 'below']),
  /** Where the alert ends; just beyond the alert threshold when it is null. */
  resolveThreshold: z.number().nullable(),
  /** How many evaluations in a row must agree before anything changes. */
  thresholdPeriod: z.number(),
  /** How far back the value is compared; thresholds are then per cent of the earlier value. */
  comparisonSeconds: z.number().nullable().default(null),
  /** What a window without any data means: nothing is wrong, something is, or nothing changes. */
  noData: z.enum(['ok', 'alert', 'keep']).default('ok'),
  /** With fewer sessions in the window than this, the share of those without a crash says nothing. */
  minimumSessions: z.number().default(0),
  /** How long after its end a window is judged, so that late points count. */
  graceSeconds: z.number().default(0),
  triggers: z.array(triggerSchema).min(1),
  /** Who answers for the rule. */
  owner: z
    .object({ type: z.enum(['user', 'team']), id: z.string() })
    .nullable()
    .default(null),
  /** What to know and do when it alerts. */
  description: z.string().default(''),
  /** Whether the news of an incident answer in the thread of its first message, or are messages of their own. */
  threads: z.enum(['thread', 'messages']).default('thread'),
  /** Whether an answer that says critical is shown in the channel too. */
  broadcast: z.boolean().default(true),
  /** While it lasts, nobody is told. */
  snooze: snoozeSchema.nullable().default(null),
  createdAt: z.string(),
  createdBy: z.string().optional(),
  editedAt: z.string().optional(),
  /** Goes up with every edit; an edit of an old one is refused. */
  revision: z.number().default(1),
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

/** Somebody to tell. */
export type AlertAction = z.infer<typeof actionSchema>;

/** Somebody to tell in a channel of a Slack workspace. */
export type ChannelAction = Extract<AlertAction, { type: 'slack' }>;

/** Whether somebody is told in a channel. */
export function isChannel(action: AlertAction): action is ChannelAction {
  return action.type === 'slack';
}

const rulesPerQuery = 100;

/** The write that makes a rule. */
export function insertRule(rule: AlertRule): WriteAction {
  return { put: alertRule.toItem(rule), onlyIf: notThere };
}

/**
 * The write that makes a rule another; it is refused when somebody else changed it since it was read. A snooze is none of
 * that, and stays what it is by then.
 */
export function changeRule(next: AlertRule, before: AlertRule): WriteAction {
  const { snooze: _, ...kept } = next;
  const fields = Object.entries(kept).filter(([, value]) => value !== undefined);
  return {
    update: alertRule.key(next.id),
    set: {
      expression: `SET ${fields.map((__, index) => `#f${index} = :f${index}`).join(', ')}`,
      names: Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
      values: Object.fromEntries(fields.map(([, value], index) => [`:f${index}`, value])),
    },
    onlyIf: {
      expression: '#revision = :before',
      names: { '#revision': 'revision' },
      values: { ':before': before.revision },
    },
  };
}

/** The write that snoozes a rule for everyone, or ends that. */
export function snoozeRule(id: string, snooze: AlertRule['snooze']): WriteAction {
  const set = { expression: 'SET #snooze = :snooze', names: { '#snooze': 'snooze' }, values: { ':snooze': snooze } };
  return { update: alertRule.key(id), set, onlyIf: isThere };
}

/** The write that forgets a rule. */
export function deleteRule(id: string): Extract<WriteAction, { delete: unknown }> {
  return { delete: alertRule.key(id) };
}

/** The rule with this id. */
export async function loadRule({ table }: Pick<App, 'table'>, id: string): Promise<AlertRule | undefined> {
  const item = await table.get(alertRule.key(id));
  return item && alertRule.fromItem(item);
}

/** Several rules by their IDs, as a part of a read of more. */
export function rulesLookup(ids: readonly string[]): Lookup<ReadonlyMap<string, AlertRule>> {
  return {
    keys: ids.map((id) => alertRule.key(id)),
    read(itemAt) {
      const found = ids.flatMap((id) => itemAt(alertRule.key(id)) ?? []).map(alertRule.fromItem);
      return new Map(found.map((rule) => [rule.id, rule]));
    },
  };
}

/** Those of these rules that there are. */
export async function loadRulesById({ table }: Pick<App, 'table'>, ids: readonly string[]): Promise<AlertRule[]> {
  return (await table.batchGet([...new Set(ids)].map(alertRule.key))).map(alertRule.fromItem);
}

/** All rules of an organization, the oldest first. */
export async function loadRules({ table }: Pick<App, 'table'>, organization: string): Promise<AlertRule[]> {
  return Array.fromAsync(
    table.queryAll({ index: 'gsi1', partition: organizationRules(organization) }),
    alertRule.fromItem,
  );
}

/** The rules of an organization page by page, oldest first or newest first, behind the one with the ID `after`. */
export async function* loadRulePages(
  { table }: Pick<App, 'table'>,
  organization: string,
  { after, descending }: { readonly after?: string | undefined; readonly descending: boolean },
): AsyncGenerator<AlertRule[]> {
  const from = after === undefined ? {} : { after };
  const query = { index: 'gsi1', partition: organizationRules(organization), descending, ...from } as const;
  let page = await table.query({ ...query, limit: rulesPerQuery });
  for (;;) {
    yield page.items.map(alertRule.fromItem);
    if (page.next === undefined) return;
    page = await table.query({ ...query, limit: rulesPerQuery, from: page.next });
  }
}

function organizationRules(organization: string): string {
  return `ORG#${organization}#ALERT_RULES`;
}
