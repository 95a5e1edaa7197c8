import { isoTime } from '../platform/clock.ts';
import { BadRequestError } from '../platform/errors.ts';
import { momentIn } from './date-time-field.ts';
import { messages } from './messages.ts';

/** A span of time, both ends included; open where an end is missing. */
export interface TimeRange {
  readonly from?: string;
  readonly to?: string;
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/**
 * Reads a period that ends now (`14d`, `2w`; seconds without a unit), or else a start and an end, in UTC unless they name a zone.
 * @param now milliseconds since the Unix epoch
 * @throws BadRequestError
 */
export function timeRange(
  sent: {
    readonly start?: string | undefined;
    readonly end?: string | undefined;
    readonly statsPeriod?: string | undefined;
  },
  now: number,
): TimeRange {
  if (sent.statsPeriod) {
    const [, count, unit = 's'] = /^(\d{1,10})([smhdw])?$/.exec(sent.statsPeriod) ?? [];
    if (count === undefined) throw new BadRequestError(messages.statsPeriodInvalid);
    return { from: isoTime(Math.max(0, now - Number(count) * (unitSeconds[unit] ?? 1) * 1_000)) };
  }
  if (!sent.start && !sent.end) return {};
  const from = sent.start && moment(sent.start);
  const to = sent.end && moment(sent.end);
  if (!from || !to) throw new BadRequestError(messages.rangeInvalid);
  if (from > to) throw new BadRequestError(messages.rangeReversed);
  return { from, to };
}

function moment(text: string): string | undefined {
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text;
  // A plus sign that was not encoded arrives as a space.
  return momentIn(whole) ?? momentIn(`${whole}Z`) ?? momentIn(whole.replace(/ (?=\d\d:?\d\d$)/, '+'));
}
