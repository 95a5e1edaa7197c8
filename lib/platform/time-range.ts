import { isoTime } from './clock.ts';
import { BadRequestError } from './errors.ts';
import { momentIn } from './moment.ts';

/** A span of time, both ends included; open where an end is missing. */
export interface TimeRange {
  readonly from?: string;
  readonly to?: string;
}

const texts = {
  statsPeriodInvalid: 'A statsPeriod is a number with s, m, h, d or w behind it, such as 14d.',
  rangeInvalid: 'Send both start and end, each as a date or a date and time such as 2026-03-02T09:00:00Z.',
  rangeReversed: 'The start is after the end.',
} as const;

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
    const seconds = periodSeconds(sent.statsPeriod);
    if (seconds === undefined) throw new BadRequestError(texts.statsPeriodInvalid);
    return { from: isoTime(Math.max(0, now - seconds * 1_000)) };
  }
  if (!sent.start && !sent.end) return {};
  const from = sent.start && moment(sent.start);
  const to = sent.end && moment(sent.end);
  if (!from || !to) throw new BadRequestError(texts.rangeInvalid);
  if (from > to) throw new BadRequestError(texts.rangeReversed);
  return { from, to };
}

/** The seconds in a period such as `14d` or `90`; undefined when it is none. */
export function periodSeconds(text: string): number | undefined {
  const [, count, unit = 's'] = /^(\d{1,10})([smhdw])?$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unitSeconds[unit] ?? 1);
}

function moment(text: string): string | undefined {
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text;
  // A plus sign that was not encoded arrives as a space.
  return momentIn(whole) ?? momentIn(`${whole}Z`) ?? momentIn(whole.replace(/ (?=\d\d:?\d\d$)/, '+'));
}
