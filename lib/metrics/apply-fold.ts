import { eachLimited } from '../platform/each-limited.ts';
import type { Table } from '../platform/table.ts';
import type { FoldMemory } from './fold-memory.ts';
import { decodeCells } from './folding/fold-content.ts';
import { type Increment, rollUp } from './folding/fold-points.ts';
import { type MetricRetention, metricRetention } from './folding/granularities.ts';
import { groupUpdates } from './folding/group-updates.ts';
import { bucketKey } from './store/bucket-keys.ts';
import { bucketUpdates, expiryOf } from './store/bucket-updates.ts';
import { coverExtremes } from './store/extremes-store.ts';
import { applyGroup, type StoredFold } from './store/fold-store.ts';
import { addMembers } from './store/member-store.ts';

/** What applying a fold needs of the outside world. */
export interface ApplyingApp {
  readonly metricsTable: Table;
  readonly memory: FoldMemory;
  readonly retention?: MetricRetention | undefined;
}

/** How many transactions, and how many single writes, are on their way at once. */
const groupsAtOnce = 4;
const writesAtOnce = 16;

/**
 * Adds a recorded fold to its buckets. Whoever is interrupted does it again, or has somebody else do it: a group of
 * increments is marked by the transaction that applies it, and the rest may be done any number of times.
 * @throws UnavailableError when the table cannot take all of it.
 */
export async function applyFold(
  app: ApplyingApp,
  foldId: string,
  { content, applied }: StoredFold,
  nowSeconds: number,
): Promise<void> {
  const { retention = metricRetention } = app;
  const increments = rollUp(decodeCells(content));
  const groups = groupUpdates(increments.flatMap((increment) => bucketUpdates(increment, retention)));
  const open = [...groups.entries()].filter(([group]) => !applied.has(group));
  await eachLimited(open, groupsAtOnce, ([group, updates]) =>
    applyGroup(app.metricsTable, { foldId, group, nowSeconds }, updates),
  );
  await eachLimited(increments, writesAtOnce, (increment) => addRest(app, increment, retention));
}

/** What is not added up: doing it again changes nothing. */
async function addRest(app: ApplyingApp, increment: Increment, retention: MetricRetention): Promise<void> {
  const { lo, hi, last, lastAt, members } = increment.contribution;
  const key = bucketKey(increment);
  if (lo !== undefined && hi !== undefined) await coverExtremes(app, key, { lo, hi, last, lastAt });
  if (members === undefined || members.size === 0) return;
  await addMembers(app, { key, expiresAt: expiryOf(increment, retention) }, members);
}
