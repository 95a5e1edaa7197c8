import type { Clock } from '../platform/clock.ts';
import { epochSeconds } from '../platform/clock.ts';
import { PayloadTooLargeError, UnavailableError } from '../platform/errors.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Table } from '../platform/table.ts';
import { addToBucket, type BucketIncrement } from './bucket-store.ts';
import { foldPoints } from './fold-points.ts';
import { messages } from './messages.ts';
import type { MetricPoint } from './metric-point.ts';
import type { RefusalTally } from './refused-points.ts';

/** What recording points needs of the outside world. */
export interface RecordingApp {
  readonly metricsTable: Table;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** More buckets than these in one request would not be written before the caller gives up. */
const maxIncrements = 2_000;
/** How many writes are on their way at once: enough to hide the latency, few enough to be fair to other requests. */
const writesAtOnce = 24;

/**
 * Stores points of a project: when it returns, all that were accepted count. Only counters are stored in this version;
 * what is refused is told by reason. Buckets are added to one by one, so that a request that fails half way may have
 * counted in part.
 * @throws PayloadTooLargeError before anything is stored, UnavailableError when the table cannot take the points.
 */
export async function recordPoints(
  app: RecordingApp,
  input: { readonly organization: string; readonly projectId: string; readonly points: readonly MetricPoint[] },
): Promise<{ readonly accepted: number; readonly refused: RefusalTally }> {
  const { organization, projectId, points } = input;
  const { increments, accepted, refused } = foldPoints({ organization, projectId }, points, epochSeconds(app.clock));
  if (increments.length > maxIncrements) throw new PayloadTooLargeError(messages.tooManySeries);
  await addAll(app.metricsTable, increments);
  if (accepted > 0) app.metrics.count('metrics.points.stored', accepted);
  return { accepted, refused };
}

/** Every writer takes the next increment until none is left or one of them has failed; all are awaited. */
async function addAll(table: Table, increments: readonly BucketIncrement[]): Promise<void> {
  const open = increments.values();
  const failures: unknown[] = [];
  const writer = async (): Promise<void> => {
    for (const increment of open) {
      if (failures.length > 0) return;
      await addToBucket(table, increment).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(writesAtOnce, increments.length) }, writer));
  if (failures.length > 0) throw new UnavailableError(messages.notStored, 1, { cause: failures[0] });
}
