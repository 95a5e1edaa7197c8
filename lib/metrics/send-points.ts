import { createHash } from 'node:crypto';
import { type Clock, epochSeconds } from '../platform/clock.ts';
import { TooManyRequestsError, UnavailableError } from '../platform/errors.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Queue } from '../platform/queue.ts';
import { hexDigits, type RandomText } from '../platform/random-text.ts';
import type { RateLimit } from '../platform/rate-limit.ts';
import { refusalOf } from './folding/accept-point.ts';
import { messages } from './messages.ts';
import type { MetricPoint } from './metric-point.ts';
import type { WireMessage, WirePoint } from './point-message.ts';
import type { RefusalReason } from './refused-points.ts';
import { splitPoints } from './split-points.ts';

/** What sending points needs of the outside world. */
export interface SendingApp {
  readonly points: Queue<WireMessage>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly randomText: RandomText;
  /** How many points a project may send, refused ones included; without one there is no limit. */
  readonly pointLimit?: RateLimit | undefined;
}

/** What became of points. */
export interface SentPoints {
  readonly accepted: number;
  /** Those that do not count, and why. */
  readonly refused: ReadonlyMap<MetricPoint, RefusalReason>;
}

/** Points of one request. */
export interface PointsOfRequest {
  readonly organization: string;
  readonly projectId: string;
  readonly points: readonly MetricPoint[];
  /**
   * Names the request however often it is sent, so that what the queue took of it the first time counts once. Only where two
   * requests that are both meant to count never have the same: many clients send `hits:1|c` again and mean another hit.
   */
  readonly requestId?: string | undefined;
}

/**
 * Hands points of a project to the worker that counts them: when it returns, all that were accepted will count.
 * @throws TooManyRequestsError when the project sends more than it may; UnavailableError when the queue does not take all of
 * them: some may count nevertheless, and with a `requestId` sending the same again counts each of them once.
 */
export async function sendPoints(app: SendingApp, input: PointsOfRequest): Promise<SentPoints> {
  const { organization, projectId, points } = input;
  // Requests without points are counted too: reading them costs as well.
  const wait = await app.pointLimit?.take(projectId, Math.max(1, points.length));
  if (wait !== undefined) throw new TooManyRequestsError(messages.tooManyPoints(wait), wait);
  const receivedAtSeconds = epochSeconds(app.clock);
  const refused = new Map<MetricPoint, RefusalReason>();
  const accepted = points.filter((point) => {
    const reason = refusalOf(point, receivedAtSeconds);
    if (reason !== undefined) refused.set(point, reason);
    return reason === undefined;
  });
  const sent = splitPoints(accepted).map((part, place): WireMessage => {
    const batchId = batchIdOf(app, input, place, part);
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

/** 128 bits: no two messages ever have the same, but for those of a request that is sent again. */
function batchIdOf(
  app: SendingApp,
  { organization, projectId, requestId }: PointsOfRequest,
  place: number,
  part: WirePoint[],
): string {
  if (requestId === undefined) return app.randomText(hexDigits, 32);
  // What is in it as well: an id that a client uses for something else does not hide that. Of parts that are the same, as
  // thousands of equal points make them, each counts.
  const named = JSON.stringify([organization, projectId, requestId, place, part]);
  return createHash('sha256').update(named).digest('hex').slice(0, 32);
}
