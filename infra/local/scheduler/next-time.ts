import { Cron } from 'croner';

const unitSeconds = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** Gives the next time after `afterMs` at which a schedule is due, or `undefined` when there is none. */
export type NextTime = (afterMs: number) => number | undefined;

/**
 * Reads a schedule expression of EventBridge Scheduler, which has minute precision. A rate counts from `startMs`.
 * @throws Error for an expression that EventBridge Scheduler would refuse.
 */
export function parseScheduleExpression(expression: string, timeZone: string, startMs: number): NextTime {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(inner, startMs);
  if (kind === 'cron') return cron(inner, timeZone);
  if (kind === 'at') return once(inner, timeZone);
  throw new Error(`not a schedule expression: ${expression}`);
}

function rate(inner: string, startMs: number): NextTime {
  const [, count, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inner) ?? [];
  if (count === undefined) throw new Error(`not a rate: ${inner}`);
  const stepMs = Number(count) * unitSeconds[unit as keyof typeof unitSeconds] * 1_000;
  return (afterMs) => startMs + (Math.max(0, Math.floor((afterMs - startMs) / stepMs)) + 1) * stepMs;
}

/** Six fields: minutes, hours, day of month, month, day of week, year. */
function cron(inner: string, timeZone: string): NextTime {
  const fields = inner.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`not six fields: ${inner}`);
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', years = ''] = fields;
  if ((days === '?') === (weekdays === '?')) throw new Error(`one of day and weekday must be "?": ${inner}`);
  const pattern = ['0', minutes, hours, anyDay(days), months, sundayIsZero(anyDay(weekdays)), years].join(' ');
  // AWS starts a step anywhere (0/15), which the library calls sloppy.
  const schedule = new Cron(pattern, { paused: true, timezone: timeZone, sloppyRanges: true });
  return (afterMs) => schedule.nextRun(new Date(afterMs))?.getTime();
}

function once(inner: string, timeZone: string): NextTime {
  const at = new Cron(inner, { paused: true, timezone: timeZone });
  return (afterMs) => at.nextRun(new Date(afterMs))?.getTime();
}

function anyDay(field: string): string {
  return field === '?' ? '*' : field;
}

/** AWS counts weekdays from Sunday = 1, cron libraries from Sunday = 0; the number after # counts weeks. */
function sundayIsZero(field: string): string {
  return field.replace(/(?<![#\w/])[1-7](?!\d)/g, (day) => String(Number(day) - 1));
}
