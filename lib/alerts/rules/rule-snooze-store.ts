import * as z from 'zod';
import type { App } from '../../platform/app.ts';
import { itemType } from '../../platform/item-type.ts';
import type { Lookup } from '../../platform/lookup.ts';
import type { WriteAction } from '../../platform/table.ts';

const personalSnoozeSchema = z.object({
  ruleId: z.string(),
  userId: z.string(),
  /** ISO time; null until they end it. */
  until: z.string().nullable(),
  at: z.string(),
});

interface SnoozeAddress {
  readonly ruleId: string;
  readonly userId: string;
}

/** That one person wants no messages of their own about a rule. */
export type PersonalSnooze = z.infer<typeof personalSnoozeSchema>;

const personalSnooze = itemType({
  name: 'alert rule snooze',
  schema: personalSnoozeSchema,
  key: (at: SnoozeAddress) => ({ pk: `ALERT_RULE#${at.ruleId}`, sk: `SNOOZE#${at.userId}` }),
  address: (value): SnoozeAddress => value,
});

/** The write that begins a snooze, or makes it another. */
export function putPersonalSnooze(value: PersonalSnooze): Extract<WriteAction, { put: unknown }> {
  return { put: personalSnooze.toItem(value) };
}

/** The write that ends a snooze. */
export function deletePersonalSnooze(at: SnoozeAddress): WriteAction {
  return { delete: personalSnooze.key(at) };
}

/** Forgets all snoozes of a rule. */
export async function forgetPersonalSnoozes({ table }: Pick<App, 'table'>, ruleId: string): Promise<void> {
  const { pk } = personalSnooze.key({ ruleId, userId: '' });
  const items = await Array.fromAsync(table.queryAll({ partition: pk, beginsWith: 'SNOOZE#' }));
  await table.batchWrite(items.map((item) => ({ delete: { pk, sk: item.sk } })));
}

/** Asks which of these people want to hear nothing of which of these rules. */
export function personalSnoozesLookup(at: readonly SnoozeAddress[]): Lookup<readonly PersonalSnooze[]> {
  const keys = at.map(personalSnooze.key);
  return {
    keys,
    read: (itemAt) => keys.flatMap((key) => itemAt(key) ?? []).map(personalSnooze.fromItem),
  };
}

/** Whether a snooze holds at this moment. */
export function isSnoozed(snooze: { readonly until: string | null } | null | undefined, nowMs: number): boolean {
  return snooze != null && (snooze.until === null || nowMs < Date.parse(snooze.until));
}
