import * as z from 'zod';
import { isoTime } from './clock.ts';

const dateTime = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-]\d{2}):?(\d{2}))$/;
const strictDateTime = z.iso.datetime({ offset: true });

/**
 * The moment in a date and time of ISO 8601 with its zone, as we store moments: in UTC, cut to milliseconds.
 * Undefined for anything else, days such as 30 February included.
 */
export function momentIn(text: string): string | undefined {
  const [, day, time, seconds = '00', fraction = '', utc, hours, minutes] = dateTime.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const zone = utc === undefined ? `${hours}:${minutes}` : 'Z';
  const strict = `${day}T${time}:${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`;
  if (!strictDateTime.safeParse(strict).success) return undefined;
  const moment = isoTime(Date.parse(strict));
  // A zone can carry the first and the last day of the calendar out of the years that have four digits.
  return /^\d/.test(moment) ? moment : undefined;
}
