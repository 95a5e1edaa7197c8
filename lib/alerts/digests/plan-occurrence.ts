import { type DigestSchedule, nextOccurrence } from './digest-schedule.ts';

/** What is to be done about a digest that is due. */
export interface PlannedOccurrence {
  /** The one that is sent now; undefined when all that were missed are too old. */
  readonly sendMs: number | undefined;
  /** Those that are not sent any more; `isMore` when there were so many that they were not all counted. */
  readonly skipped:
    | { readonly count: number; readonly isMore: boolean; readonly firstMs: number; readonly lastMs: number }
    | undefined;
  /** The first one that is not due yet; undefined when none comes any more. */
  readonly nextMs: number | undefined;
}

/** So old a digest says nothing new. */
export const oldestMs = 86_400_000;
/** Hourly, these are six weeks. */
const mostCounted = 1_000;

/** Of all moments that have come since `dueMs` (included) only the newest is worth a message, and that only within a day. */
export function planOccurrence(schedule: DigestSchedule, dueMs: number, nowMs: number): PlannedOccurrence {
  const passed: number[] = [];
  let at: number | undefined = dueMs;
  while (at !== undefined && at <= nowMs && passed.length < mostCounted) {
    passed.push(at);
    at = nextOccurrence(schedule, at);
  }
  const isMore = at !== undefined && at <= nowMs;
  if (isMore) {
    // Those in between are too old in any case: minutes are one number, so that an hour has one at most.
    const recent = planOccurrence(schedule, nextOccurrence(schedule, nowMs - oldestMs) ?? nowMs + 1, nowMs);
    const lastMs = recent.skipped?.lastMs ?? passed.at(-1) ?? dueMs;
    return { ...recent, skipped: { count: passed.length, isMore, firstMs: dueMs, lastMs } };
  }
  const newest = passed.at(-1);
  const isSent = newest !== undefined && nowMs - newest < oldestMs;
  const skipped = isSent ? passed.slice(0, -1) : passed;
  const [firstMs = dueMs] = skipped;
  const range = { count: skipped.length, isMore: false, firstMs, lastMs: skipped.at(-1) ?? dueMs };
  return { sendMs: isSent ? newest : undefined, skipped: skipped.length > 0 ? range : undefined, nextMs: at };
}
