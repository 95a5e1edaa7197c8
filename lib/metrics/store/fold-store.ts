import { createHash } from 'node:crypto';
import * as z from 'zod';
import { happened } from '../../platform/happened.ts';
import { type Item, type Key, notThere, type Table, type WriteAction } from '../../platform/table.ts';
import type { BucketUpdate } from './bucket-updates.ts';

/** As long as a message can come again: four days in its queue, and fourteen more when a person sends it again from the dead letters. */
const keptSeconds = 20 * 86_400;
/** What says that a group was applied outlives what could have it applied again. */
const appliedKeptSeconds = keptSeconds + 5 * 86_400;

const contentItem = {
  name: 'fold content',
  schema: z.object({ bytes: z.instanceof(Uint8Array), expiresAt: z.number() }),
};
const appliedItem = { name: 'fold applied', schema: z.object({ group: z.number() }) };
const markerItem = { name: 'ingested message', schema: z.object({ batchId: z.string(), foldId: z.string() }) };

/** An item has 400 KB, and a transaction 4 MB. */
const contentItemBytes = 350_000;
const mostContentBytes = 3_000_000;
const mostActions = 100;

/** A fold as it stands in the table. */
export interface StoredFold {
  readonly content: Uint8Array;
  /** The numbers of the groups that were applied. */
  readonly applied: ReadonlySet<number>;
}

/** The name of the fold of these messages. Any set of messages is folded once at most, whoever does it. */
export function foldIdOf(batchIds: readonly string[]): string {
  return createHash('sha256').update(batchIds.toSorted().join('\n')).digest('base64url').slice(0, 22);
}

/** Which fold each of these messages belongs to; those that belong to none are missing. */
export async function readMarkers(table: Table, batchIds: readonly string[]): Promise<Map<string, string>> {
  const items = await table.batchGet(batchIds.map(markerKey), { consistent: true });
  return new Map(items.map((item) => markerItem.schema.parse(item)).map(({ batchId, foldId }) => [batchId, foldId]));
}

/** The transaction that makes a fold of messages, or undefined when it is too large for one. */
export function foldActions(
  batchIds: readonly string[],
  content: Uint8Array,
  states: readonly WriteAction[],
  nowSeconds: number,
): WriteAction[] | undefined {
  const foldId = foldIdOf(batchIds);
  const expiresAt = nowSeconds + keptSeconds;
  const markers = batchIds.map((batchId): WriteAction => {
    const marker: Item = { ...markerKey(batchId), batchId, foldId, itemType: markerItem.name, expiresAt };
    return { put: marker, onlyIf: notThere };
  });
  const contents = Array.from({ length: Math.ceil(content.length / contentItemBytes) }, (_, index): WriteAction => {
    const bytes = content.subarray(index * contentItemBytes, (index + 1) * contentItemBytes);
    return { put: { ...foldKey(foldId, 'CONTENT', index), bytes, itemType: contentItem.name, expiresAt } };
  });
  const actions = [...markers, ...contents, ...states];
  return content.length > mostContentBytes || actions.length > mostActions ? undefined : actions;
}

/** A fold and how far it has come; undefined when it is so long ago that it is forgotten, or about to be. */
export async function readFold(table: Table, foldId: string, nowSeconds: number): Promise<StoredFold | undefined> {
  const parts: Uint8Array[] = [];
  const applied = new Set<number>();
  for await (const item of table.queryAll({ partition: `FOLD#${foldId}`, consistent: true })) {
    if (item['itemType'] === appliedItem.name) {
      applied.add(appliedItem.schema.parse(item).group);
      continue;
    }
    const { bytes, expiresAt } = contentItem.schema.parse(item);
    if (expiresAt > nowSeconds) parts.push(bytes);
  }
  return parts.length === 0 ? undefined : { content: Buffer.concat(parts), applied };
}

/** Applies one group of a fold, unless it was applied already. @throws UnavailableError */
export async function applyGroup(
  table: Table,
  fold: { readonly foldId: string; readonly group: number; readonly nowSeconds: number },
  updates: readonly BucketUpdate[],
): Promise<void> {
  const { foldId, group, nowSeconds } = fold;
  const expiresAt = nowSeconds + appliedKeptSeconds;
  const marker: Item = { ...foldKey(foldId, 'APPLIED', group), group, itemType: appliedItem.name, expiresAt };
  const actions = updates.map(({ key, set }): WriteAction => ({ update: key, set }));
  await happened(table.write([{ put: marker, onlyIf: notThere }, ...actions]));
}

function markerKey(batchId: string): Key {
  return { pk: `INGESTED#${batchId}`, sk: 'INGESTED' };
}

function foldKey(foldId: string, kind: 'CONTENT' | 'APPLIED', number: number): Key {
  return { pk: `FOLD#${foldId}`, sk: `${kind}#${String(number).padStart(6, '0')}` };
}
