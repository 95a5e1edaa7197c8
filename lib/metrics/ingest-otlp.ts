import { otlpMessages, refusalTexts } from './messages.ts';
import { decodeOtlp, type OtlpEncoding, type OtlpOutcome } from './otlp/otlp-codec.ts';
import { readOtlp } from './otlp/read-otlp.ts';
import { RefusalCounter } from './refused-points.ts';
import { type SendingApp, sendPoints } from './send-points.ts';

/**
 * Has the points of an OTLP request stored and tells what it leaves out.
 * @throws BadRequestError for what is no request in this form, PayloadTooLargeError for too many points, UnavailableError as
 * sendPoints does.
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
  for (const reason of (await sendPoints(app, { ...input, points })).refused.values()) refused.add(reason);
  const reasons = [...refused.tally];
  for (const [reason, count] of reasons) app.metrics.count(`metrics.points.refused.${reason}`, count);
  return {
    rejectedDataPoints: reasons.reduce((sum, [, count]) => sum + count, 0),
    errorMessage: reasons.map(([reason, count]) => otlpMessages.rejected(count, refusalTexts[reason])).join(' '),
  };
}
