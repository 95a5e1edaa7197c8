import { type Clock, epochSeconds } from '../platform/clock.ts';
import { RefusalError, UnavailableError } from '../platform/errors.ts';
import { happened } from '../platform/happened.ts';
import type { Metrics } from '../platform/metrics.ts';
import { type ApplyingApp, applyFold } from './apply-fold.ts';
import { encodeCells } from './folding/fold-content.ts';
import { messages as texts } from './messages.ts';
import { type FoldPlan, planFold } from './plan-fold.ts';
import type { PointMessage } from './point-message.ts';
import { foldActions, foldIdOf, readFold, readMarkers } from './store/fold-store.ts';

/** What folding needs of the outside world. */
export interface FoldingApp extends ApplyingApp {
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** How many tag sets a metric of a project may have in a day. */
  readonly seriesLimit?: number | undefined;
}

/** A message is a marker in the transaction that records its fold, which has a hundred actions. */
const mostTogether = 85;
/** How often others may have been quicker before we leave it to them. */
const attempts = 5;

/**
 * Adds the points of messages to their buckets, each message once however often and in whatever company it comes, and
 * whatever happens in between. Gives the messages that were not done, by their `batchId`, with the reason; they may come again.
 *
 *     read markers → decide what is added → record it with a marker for each message (one transaction) → apply it
 *                                                                     crash here: whoever gets the message again goes on
 */
export async function foldMessages(
  app: FoldingApp,
  messages: readonly PointMessage[],
): Promise<ReadonlyMap<string, unknown>> {
  const unique = [...new Map(messages.map((message) => [message.batchId, message])).values()];
  const failed = new Map<string, unknown>();
  for (let start = 0; start < unique.length; start += mostTogether) {
    const together = unique.slice(start, start + mostTogether);
    for (const [batchId, reason] of await foldOrBlame(app, together)) failed.set(batchId, reason);
  }
  return failed;
}

/** Folds messages together; when that fails for a reason that does not pass, one by one, so that the others do not suffer. */
async function foldOrBlame(app: FoldingApp, messages: readonly PointMessage[]): Promise<Map<string, unknown>> {
  try {
    await foldTogether(app, messages);
    return new Map();
  } catch (error) {
    const isPassing = error instanceof RefusalError;
    if (isPassing || messages.length === 1) return new Map(messages.map(({ batchId }) => [batchId, error]));
  }
  const failed = new Map<string, unknown>();
  for (const message of messages) {
    for (const [batchId, reason] of await foldOrBlame(app, [message])) failed.set(batchId, reason);
  }
  return failed;
}

async function foldTogether(app: FoldingApp, messages: readonly PointMessage[]): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const fresh = await finishEarlier(app, messages);
    if (fresh.length === 0) return;
    const outcome = await recordAndApply(app, fresh);
    if (outcome === 'done') return;
    if (outcome === 'too large') {
      const half = Math.ceil(fresh.length / 2);
      await foldTogether(app, fresh.slice(0, half));
      await foldTogether(app, fresh.slice(half));
      return;
    }
  }
  throw new UnavailableError(texts.othersFold, 1);
}

/** Goes on with folds that these messages belong to already; gives the messages that belong to none. */
async function finishEarlier(app: FoldingApp, messages: readonly PointMessage[]): Promise<PointMessage[]> {
  const nowSeconds = epochSeconds(app.clock);
  const batchIds = messages.map(({ batchId }) => batchId);
  const foldIds = await readMarkers(app.metricsTable, batchIds);
  for (const foldId of new Set(foldIds.values())) {
    const fold = await readFold(app.metricsTable, foldId, nowSeconds);
    if (fold !== undefined) await applyFold(app, foldId, fold, nowSeconds);
  }
  return messages.filter(({ batchId }) => !foldIds.has(batchId));
}

async function recordAndApply(
  app: FoldingApp,
  messages: readonly PointMessage[],
): Promise<'done' | 'overtaken' | 'too large'> {
  const nowSeconds = epochSeconds(app.clock);
  const batchIds = messages.map(({ batchId }) => batchId);
  const plan = await planFold(app, messages, nowSeconds);
  if (plan.cells.length === 0 && plan.states.length === 0) {
    countOutcome(app.metrics, plan);
    return 'done';
  }
  const content = encodeCells(plan.cells);
  const actions = foldActions(batchIds, content, plan.states, nowSeconds);
  if (actions === undefined) {
    if (messages.length === 1) throw new RangeError(texts.messageTooLarge);
    return 'too large';
  }
  if (!(await happened(app.metricsTable.write(actions)))) return 'overtaken';
  countOutcome(app.metrics, plan);
  await applyFold(app, foldIdOf(batchIds), { content, applied: new Set() }, nowSeconds);
  return 'done';
}

function countOutcome(metrics: Metrics, { counted, overflowing, refused }: FoldPlan): void {
  if (counted > 0) metrics.count('metrics.points.stored', counted);
  if (overflowing > 0) metrics.count('metrics.series.overflow', overflowing);
  for (const [reason, count] of refused) metrics.count(`metrics.points.refused.${reason}`, count);
}
