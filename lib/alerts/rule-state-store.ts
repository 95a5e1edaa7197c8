import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { notThere, type WriteAction } from '../platform/table.ts';
import { deedSchema } from './incident-deed.ts';
import { activeStatuses } from './incident-status.ts';
import { outageSchema, untoldOutageSchema } from './outages/outage.ts';
import { notificationAddressSchema } from './queue-messages.ts';
import { readingDifficultySchema } from './reading-difficulty.ts';

/** Rules that are due stand in this many partitions, so that none of them becomes the busy one. */
const dueShards = 8;

const triggerStateSchema = z.object({
  active: z.boolean(),
  alertCount: z.number(),
  resolveCount: z.number(),
  /** When the newest incident was created that the trigger ever held. */
  lastIncidentAt: z.string().optional(),
});

const ruleStateSchema = z.object({
  ruleId: z.string(),
  projectId: z.string(),
  organization: z.string(),
  /** Goes up with every write; a write under an old number is refused. */
  revision: z.number(),
  /** The end of the newest window that was judged. */
  lastUpdate: z.string().nullable(),
  /** The end of the first window that was not looked at. Null when the rule's project is gone: then it is never due again. */
  nextEvaluationAt: z.string().nullable(),
  /** How long after the end of a window the rule is evaluated, as its rule says. */
  graceSeconds: z.number().optional(),
  /** What the rule measures, so that rules of the same metric are evaluated together. */
  aggregate: z.string().optional(),
  triggers: z.record(z.string(), triggerStateSchema),
  /** The incident that is open, with what the next transition must know of it. */
  incident: z
    .object({
      identifier: z.number(),
      startedAt: z.string(),
      status: z.enum(activeStatuses),
      createdAt: z.string(),
      /** Whether it was critical at any time. */
      wasCritical: z.boolean(),
      /** The value furthest beyond the thresholds so far, and the newest. */
      worst: z.number().nullable(),
      last: z.number().nullable(),
      activities: z.number(),
      /** What people did about it so far. */
      deeds: z.array(deedSchema).optional(),
    })
    .nullable(),
  /**
   * When somebody resolved the last incident by hand: windows that began before do not open another, until the value has
   * been fine once.
   */
  settledAt: z.string().optional(),
  /** What was difficult about reading its metric when it was looked at last. */
  difficulty: readingDifficultySchema.optional(),
  /** That people were told that its metric cannot be read, and not yet that it can. */
  outage: outageSchema.optional(),
  /** Whom the last outage could not be told; kept until there is another, or the rule is changed. */
  untoldOutage: untoldOutageSchema.optional(),
  /** Notifications that were not sent when the last update looked; they may not even have reached the queue. */
  unconfirmed: z.array(notificationAddressSchema),
});

interface StateAddress {
  readonly ruleId: string;
  readonly projectId: string;
}

const ruleState = itemType({
  name: 'alert rule state',
  schema: ruleStateSchema,
  key: (at: StateAddress) => ({ pk: `ALERT_RULE#${at.ruleId}`, sk: `STATE#${at.projectId}` }),
  address: (state): StateAddress => state,
  index: ({ ruleId, projectId, nextEvaluationAt }): Record<string, string> =>
    nextEvaluationAt === null
      ? {}
      : { gsi2pk: duePartition(shardOf(ruleId)), gsi2sk: `${nextEvaluationAt}#${ruleId}#${projectId}` },
});

/** Where the evaluation of a rule for a project stands. */
export type RuleState = z.infer<typeof ruleStateSchema>;

/** The write that starts the evaluation of a rule. */
export function insertState(state: RuleState): WriteAction {
  return { put: ruleState.toItem(state), onlyIf: notThere };
}

/** The write of the next state; it is refused when somebody else wrote since the state before was read. */
export function replaceState(next: RuleState, before: RuleState) {
  return {
    put: ruleState.toItem(next),
    onlyIf: {
      expression: '#revision = :before',
      names: { '#revision': 'revision' },
      values: { ':before': before.revision },
    },
  } satisfies WriteAction;
}

/** Asks how the evaluation of several rules stands; by rule. */
export function statesLookup(addresses: readonly StateAddress[]): Lookup<ReadonlyMap<string, RuleState>> {
  return {
    keys: addresses.map((at) => ruleState.key(at)),
    read(itemAt) {
      const found = addresses.flatMap((at) => itemAt(ruleState.key(at)) ?? []).map(ruleState.fromItem);
      return new Map(found.map((state) => [state.ruleId, state]));
    },
  };
}

/** The write that forgets where the evaluation of a rule stands. */
export function deleteState(at: StateAddress) {
  return { delete: ruleState.key(at) } satisfies WriteAction;
}

/** The state as the last write left it. */
export async function loadState({ table }: Pick<App, 'table'>, at: StateAddress): Promise<RuleState | undefined> {
  const item = await table.get(ruleState.key(at), { consistent: true });
  return item && ruleState.fromItem(item);
}

/** The partitions of rules that wait for their next evaluation. */
export const dueShardNumbers: readonly number[] = Array.from({ length: dueShards }, (_, shard) => shard);

/** Pages of the rules of one partition that are due at this time (ISO), the longest due first. */
export async function* loadDue(
  { table }: Pick<App, 'table'>,
  shard: number,
  time: string,
): AsyncGenerator<RuleState[]> {
  // '~' sorts after every character of an id, so that what is due at this very moment is included.
  const query = { index: 'gsi2', partition: duePartition(shard), between: ['0', `${time}#~`] } as const;
  let page = await table.query(query);
  for (;;) {
    yield page.items.map(ruleState.fromItem);
    if (page.next === undefined) return;
    page = await table.query({ ...query, from: page.next });
  }
}

function duePartition(shard: number): string {
  return `ALERTS_DUE#${shard}`;
}

function shardOf(ruleId: string): number {
  return createHash('sha256').update(ruleId).digest().readUInt32BE(0) % dueShards;
}
