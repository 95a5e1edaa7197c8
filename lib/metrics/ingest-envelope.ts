import { refusalTexts } from './messages.ts';
import type { MetricPoint } from './metric-point.ts';
import { parseStatsd } from './parse-statsd.ts';
import { type Envelope, type EnvelopeItem, readEnvelope } from './read-envelope.ts';
import { RefusalCounter, type RefusalReason } from './refused-points.ts';
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

/**
 * Has the metric points of an envelope stored and tells what it leaves out.
 * @throws BadRequestError for a malformed envelope, UnavailableError as sendPoints does.
 */
export async function ingestEnvelope(
  app: SendingApp,
  input: { readonly organization: string; readonly projectId: string; readonly body: Buffer },
): Promise<IngestedEnvelope> {
  const { eventId, items } = readEnvelope(input.body);
  const { points, refused, others } = sortItems(items);
  const sent = await sendPoints(app, { ...input, points });
  refused.addAll(sent.refused);
  const dropped = [...droppedParts('statsd', refused), ...droppedParts('other', others)];
  for (const { reason, count } of dropped) app.metrics.count(`metrics.points.refused.${reason}`, count);
  return { id: eventId, accepted: sent.accepted, dropped };
}

function sortItems(items: Envelope['items']) {
  const points: MetricPoint[] = [];
  const refused = new RefusalCounter();
  const others = new RefusalCounter();
  for (const item of items) {
    if (item.type !== 'statsd') {
      others.add('item_not_stored');
      continue;
    }
    const read = readStatsdItem(item);
    for (const point of read?.points ?? []) points.push(point);
    if (read === undefined) refused.add('malformed');
    else refused.addAll(read.refused);
  }
  return { points, refused, others };
}

function readStatsdItem({ payload }: EnvelopeItem): ReturnType<typeof parseStatsd> | undefined {
  try {
    return parseStatsd(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}

function droppedParts(item: string, refused: RefusalCounter): DroppedPart[] {
  return [...refused.tally].map(([reason, count]) => ({ item, reason, detail: refusalTexts[reason], count }));
}
