import { createHash } from 'node:crypto';
import { otlpMessages, refusalTexts } from './messages.ts';
import type { MetricPoint } from './metric-point.ts';
import { decodeOtlp, type OtlpEncoding, type OtlpOutcome } from './otlp/otlp-codec.ts';
import { readOtlp } from './otlp/read-otlp.ts';
import { RefusalCounter } from './refused-points.ts';
import { type SendingApp, sendPoints } from './send-points.ts';

/**
 * Has the points of an OTLP request stored and tells what it leaves out.
 * @throws BadRequestError for what is no request in this form, PayloadTooLargeError for too many points, TooManyRequestsError and
 * UnavailableError as sendPoints does.
 */
export async function ingestOtlp(
  app: SendingApp,
  input: {
    readonly organization: string;
    readonly projectId: string;
    readonly body: Uint8Array;
    readonly encoding: OtlpEncoding;
  },
): Promise<OtlpOutcome> {
  const { points, refused: unread } = readOtlp(decodeOtlp(input.body, input.encoding));
  const refused = new RefusalCounter();
  refused.addAll(unread);
  const sent = await sendPoints(app, { ...input, points, requestId: requestIdOf(points, input.body) });
  for (const reason of sent.refused.values()) refused.add(reason);
  const reasons = [...refused.tally];
  for (const [reason, count] of reasons) app.metrics.count(`metrics.points.refused.${reason}`, count);
  return {
    rejectedDataPoints: reasons.reduce((sum, [, count]) => sum + count, 0),
    errorMessage: reasons.map(([reason, count]) => otlpMessages.rejected(count, refusalTexts[reason])).join(' '),
  };
}

/**
 * A request with the very same bytes is the same request: OTLP has one writer for each stream, which tells every moment
 * once. Exporters do send again, when they are told to or hear nothing. Points without a time could be of any.
 */
function requestIdOf(points: readonly MetricPoint[], body: Uint8Array): string | undefined {
  if (points.some(({ timestamp }) => timestamp === undefined)) return undefined;
  return createHash('sha256').update(body).digest('hex');
}
