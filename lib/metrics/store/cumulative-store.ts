import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Item, type Key, notThere, type Table, type WriteAction } from '../../platform/table.ts';
import type { CumulativeState } from '../folding/cumulative-deltas.ts';
import type { Series } from '../folding/fold-points.ts';
import { seriesName } from './bucket-keys.ts';

/** Whoever has told nothing for longer begins anew. */
const keptSeconds = 2 * 86_400;

const stateItem = {
  name: 'running total',
  schema: z.object({
    startSeconds: z.number(),
    atSeconds: z.number(),
    value: z.number().optional(),
    bins: z.array(z.tuple([z.number(), z.number()])).optional(),
    sum: z.number().optional(),
    /** Goes up with every write, which is only made on top of what was read. */
    revision: z.number(),
  }),
};

/** What is stored of a running total. */
export type StoredState = CumulativeState & { readonly revision: number };

/** The running totals of one sender and series. */
export interface TotalOf {
  readonly series: Series;
  readonly stream: string;
}

/** A text that is the same for the same running total, and for no other. */
export function nameOfTotal(total: TotalOf): string {
  const { pk, sk } = stateKey(total);
  return `${pk}\n${sk}`;
}

/** What is stored of these, by name. */
export async function readStates(table: Table, totals: readonly TotalOf[]): Promise<Map<string, StoredState>> {
  const items = await table.batchGet(totals.map(stateKey), { consistent: true });
  return new Map(items.map((item) => [`${item.pk}\n${item.sk}`, stateItem.schema.parse(item)]));
}

/** Stores a state, if what stands there is still what was read. */
export function stateWrite(
  total: TotalOf,
  state: CumulativeState,
  before: StoredState | undefined,
  nowSeconds: number,
): WriteAction {
  const revision = (before?.revision ?? 0) + 1;
  const expiresAt = nowSeconds + keptSeconds;
  const item: Item = { ...stateKey(total), ...state, revision, itemType: stateItem.name, expiresAt };
  if (before === undefined) return { put: item, onlyIf: notThere };
  const unchanged = { expression: '#revision = :read', names: { '#revision': 'revision' } };
  return { put: item, onlyIf: { ...unchanged, values: { ':read': before.revision } } };
}

function stateKey({ series, stream }: TotalOf): Key {
  const { organization, projectId, mri, tags } = series;
  const sender = createHash('sha256').update(stream).digest('base64url').slice(0, 22);
  return { pk: `TOTAL#${organization}#${projectId}#${mri}#${seriesName(tags)}`, sk: sender };
}
