import { type Clock, epochSeconds } from '../platform/clock.ts';
import { UnavailableError } from '../platform/errors.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Queue } from '../platform/queue.ts';
import { hexDigits, type RandomText } from '../platform/random-text.ts';
import { refusalOf } from './folding/accept-point.ts';
import { messages } from './messages.ts';
import type { MetricPoint } from './metric-point.ts';
import type { WireMessage } from './point-message.ts';
import type { RefusalReason } from './refused-points.ts';
import { splitPoints } from './split-points.ts';

/** What sending points needs of the outside world. */
export interface SendingApp {
  readonly points: Queue<WireMessage>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly randomText: RandomText;
}

/** What became of points. */
export interface SentPoints {
  readonly accepted: number;
  /** Those that do not count, and why. */
  readonly refused: ReadonlyMap<MetricPoint, RefusalReason>;
}

/**
 * Hands points of a project to the worker that counts them: when it returns, all that were accepted will count.
 * @throws UnavailableError when the queue does not take all of them; some may count nevertheless.
 */
export async function sendPoints(
  app: SendingApp,
  input: { readonly organization: string; readonly projectId: string; readonly points: readonly MetricPoint[] },
): Promise<SentPoints> {
  const { organization, projectId, points } = input;
  const receivedAtSeconds = epochSeconds(app.clock);
  const refused = new Map<MetricPoint, RefusalReason>();
  const accepted = points.filter((point) => {
    const reason = refusalOf(point, receivedAtSeconds);
    if (reason !== undefined) refused.set(point, reason);
    return reason === undefined;
  });
  const sent = splitPoints(accepted).map((part): WireMessage => {
    // 128 bits: no two messages ever have the same.
    const batchId = app.randomText(hexDigits, 32);
    return { batchId, organization, projectId, receivedAtSeconds, points: part };
  });
  try {
    await app.points.send(sent);
  } catch (cause) {
    throw new UnavailableError(messages.notTaken, 1, { cause });
  }
  if (accepted.length > 0) app.metrics.count('metrics.points.accepted', accepted.length);
  return { accepted: accepted.length, refused };
}
