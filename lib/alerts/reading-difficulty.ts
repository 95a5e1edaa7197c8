import * as z from 'zod';
import { isoTime } from '../platform/clock.ts';

/** What was difficult about reading a rule's metric; nothing is kept of a rule that is read minute by minute. */
export const readingDifficultySchema = z.object({
  /** What is read instead of minutes. */
  reads: z.enum(['hours', 'nothing']),
  /** The minutes are too many, or the query makes no sense. */
  because: z.enum(['too-much', 'senseless']),
  /** The end of the first window that was read so. */
  since: z.string(),
  /** When minutes were asked for in vain first. */
  foundAt: z.string().optional(),
  /** When minutes were asked for last. */
  triedAt: z.string(),
});

/** How the reading of a rule's metric had to do with less. */
export type ReadingDifficulty = z.infer<typeof readingDifficultySchema>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A try in vain costs some seconds of a CPU: the more is at stake, the sooner comes the next. */
const againAfterMs = { nothing: 10 * minuteMs, hours: 6 * hourMs } as const;

/** Whether it is time to ask for minutes again. */
export function isTimeToTry({ reads, triedAt }: ReadingDifficulty, nowMs: number): boolean {
  return nowMs - Date.parse(triedAt) >= againAfterMs[reads];
}

/** What is kept when minutes were asked for in vain: since when it is so does not change while it is the same. */
export function difficultyAfter(
  before: ReadingDifficulty | undefined,
  found: Pick<ReadingDifficulty, 'reads' | 'because'>,
  { endMs, nowMs }: { readonly endMs: number; readonly nowMs: number },
): ReadingDifficulty {
  const isSame = before?.reads === found.reads;
  const triedAt = isoTime(nowMs);
  const since = isSame ? before.since : isoTime(endMs);
  return { ...found, since, foundAt: isSame ? foundAt(before) : triedAt, triedAt };
}

/**
 * Whether a metric cannot be read for so long that people and operators are to know. It is as long as from one try to the
 * next: two were in vain, and what cannot even be tried again is no better.
 */
export function isOutOfSight(difficulty: ReadingDifficulty | undefined, nowMs: number): boolean {
  if (difficulty?.reads !== 'nothing') return false;
  return nowMs - Date.parse(foundAt(difficulty)) >= againAfterMs.nothing;
}

function foundAt({ foundAt: at, since }: ReadingDifficulty): string {
  return at ?? since;
}
