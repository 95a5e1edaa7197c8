import { refusalTexts } from './messages.ts';
import type { MetricPoint } from './metric-point.ts';
import { parseEvent } from './parse-event.ts';
import { parseSession, parseSessions } from './parse-sessions.ts';
import { parseStatsd } from './parse-statsd.ts';
import { parseTraceMetrics } from './parse-trace-metrics.ts';
import { type Envelope, type EnvelopeItem, readEnvelope } from './read-envelope.ts';
import { RefusalCounter, type RefusalReason, type RefusalTally } from './refused-points.ts';
import { type SendingApp, sendPoints } from './send-points.ts';

/** What became of an envelope. */
export interface IngestedEnvelope {
  /** The envelope's event id, when it has one. */
  readonly id: string | undefined;
  /** How many points are stored, or will be. */
  readonly accepted: number;
  /** What is not stored, by type of item and reason; empty when all of it is. */
  readonly dropped: readonly DroppedPart[];
}

/** Items or points that were left out. */
export interface DroppedPart {
  /** The type of the item; those that we never store are named together, as `other`. */
  readonly item: string;
  readonly reason: RefusalReason;
  readonly detail: string;
  readonly count: number;
}

interface ItemReader {
  readonly parse: (text: string) => { readonly points: readonly MetricPoint[]; readonly refused: RefusalTally };
  /** What an item is that is no text. */
  readonly unreadable: RefusalReason;
}

/** The types of items that hold points, or that are counted: of events and sessions nothing else is kept. */
const readers: Readonly<Record<string, ItemReader>> = {
  statsd: { parse: parseStatsd, unreadable: 'malformed' },
  event: { parse: parseEvent, unreadable: 'malformed_event' },
  session: { parse: parseSession, unreadable: 'malformed_session' },
  sessions: { parse: parseSessions, unreadable: 'malformed_session' },
  trace_metric: { parse: parseTraceMetrics, unreadable: 'malformed_metric' },
};

/**
 * Has the metric points of an envelope stored and tells what it leaves out.
 * @throws BadRequestError for a malformed envelope, TooManyRequestsError and UnavailableError as sendPoints does.
 */
export async function ingestEnvelope(
  app: SendingApp,
  input: { readonly organization: string; readonly projectId: string; readonly body: Buffer },
): Promise<IngestedEnvelope> {
  const { eventId, items } = readEnvelope(input.body);
  const { points, refused } = readItems(items);
  const sent = await sendPoints(app, { ...input, points: [...points.keys()], requestId: eventId });
  for (const [point, reason] of sent.refused) refused.get(points.get(point) ?? 'other')?.add(reason);
  const dropped = [...refused].flatMap(([item, counter]) => droppedParts(item, counter));
  for (const { reason, count } of dropped) app.metrics.count(`metrics.points.refused.${reason}`, count);
  return { id: eventId, accepted: sent.accepted, dropped };
}

/** The points with the types of the items that they came in, and what those types lose. */
function readItems(items: Envelope['items']) {
  const points = new Map<MetricPoint, string>();
  const refused = new Map([...Object.keys(readers), 'other'].map((type) => [type, new RefusalCounter()]));
  for (const item of items) {
    const reader = Object.hasOwn(readers, item.type) ? readers[item.type] : undefined;
    const counter = refused.get(reader === undefined ? 'other' : item.type);
    if (reader === undefined) {
      counter?.add('item_not_stored');
      continue;
    }
    const text = textOf(item);
    if (text === undefined) {
      counter?.add(reader.unreadable);
      continue;
    }
    const read = reader.parse(text);
    for (const point of read.points) points.set(point, item.type);
    counter?.addAll(read.refused);
  }
  return { points, refused };
}

function textOf({ payload }: EnvelopeItem): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload);
  } catch {
    return undefined;
  }
}

function droppedParts(item: string, refused: RefusalCounter): DroppedPart[] {
  return [...refused.tally].map(([reason, count]) => ({ item, reason, detail: refusalTexts[reason], count }));
}
