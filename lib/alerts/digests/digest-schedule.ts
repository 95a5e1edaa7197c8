import { Cron } from 'croner';
import { digestFaults } from './messages.ts';

/** When a digest comes: five parts of a cron pattern, read in a time zone. */
export interface DigestSchedule {
  readonly cron: string;
  readonly timeZone: string;
}

const parts = ['minute', 'hour', 'day of the month', 'month', 'day of the week'] as const;
const oneNumber = /^\d{1,2}$/u;
const zoneName = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/u;
const minuteMs = 60_000;
/** Where clocks are put forward, croner may name the moment that it was asked about: then it is asked further on. */
const furtherMinutes = 180;

/** What is wrong with a pattern, part by part; nothing when it comes at some time. `timeZone` is one that there is. */
export function cronFaults({ cron, timeZone }: DigestSchedule): string[] {
  const sent = cron.trim().split(/\s+/u);
  if (sent.length !== parts.length) return [digestFaults.scheduleParts];
  const [minute = ''] = sent;
  const wrong = parts.flatMap((part, index) => {
    const text = sent[index] ?? '';
    if (index === 0 && !oneNumber.test(minute) && isReadable(index, text)) return [digestFaults.scheduleMinute];
    return isReadable(index, text) ? [] : [digestFaults.schedulePart(part, text.slice(0, 40))];
  });
  if (wrong.length > 0) return wrong;
  return nextOccurrence({ cron, timeZone }, 0) === undefined ? [digestFaults.scheduleNever] : [];
}

/** Whether there is a time zone of this name. */
export function isTimeZone(name: string): boolean {
  if (!zoneName.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The first moment of the schedule after another; undefined when there is none. A time of the day that clocks skip comes as much
 * later as they skip; one that they show twice comes the first time.
 */
export function nextOccurrence({ cron, timeZone }: DigestSchedule, afterMs: number): number | undefined {
  const pattern = new Cron(cron, { paused: true, timezone: timeZone, mode: '5-part' });
  for (let minutes = 0; minutes <= furtherMinutes; minutes += 1) {
    const found = pattern.nextRun(new Date(afterMs + minutes * minuteMs))?.getTime();
    if (found === undefined || found > afterMs) return found;
  }
  return undefined;
}

/** A part on its own, among others that come always. */
function isReadable(index: number, text: string): boolean {
  const alone = parts.map((_, at) => (at === index ? text : '*')).join(' ');
  try {
    new Cron(alone, { paused: true, mode: '5-part' });
    return true;
  } catch {
    return false;
  }
}
