import { metricRetention } from '../../metrics/index.ts';
import type { Incident } from '../incident-store.ts';

/** What decides which time is about an incident. */
export interface TimeRangeTerms {
  readonly windowSeconds: number;
  readonly nowMs: number;
  /** For how long metrics are kept; nothing before is asked for. */
  readonly retentionSeconds?: number | undefined;
  /** Instead of a window before its beginning. */
  readonly startMs?: number | undefined;
  /** Instead of a window after its end. */
  readonly endMs?: number | undefined;
  /** Whether as many windows are wanted as a chart shows, those before and after the incident too. */
  readonly windowedStats?: boolean | undefined;
}

/** From when to when. */
export interface IncidentTimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** So many windows are a windowed statistic. */
const windowedPoints = 200;
/** What comes after an incident is of less interest than what led to it. */
const mostWindowsAfter = 10;
const mostAfterMs = 10 * 86_400_000;

/**
 * The time that an incident is about: from a window before it began until a window after it ended, or after now while it lasts.
 * Windowed statistics centre it among 200 windows:
 *
 *     |··· 100 windows ···|incident, and what follows: 100 windows|       as long as all of that is past
 *     |····· 200 windows that end now, or soon after its end ·····|       otherwise
 */
export function calculateIncidentTimeRange(
  { startedAt, closedAt }: Pick<Incident, 'startedAt' | 'closedAt'>,
  terms: TimeRangeTerms,
): IncidentTimeRange {
  const { nowMs, retentionSeconds = metricRetention[3_600] } = terms;
  const windowMs = terms.windowSeconds * 1_000;
  const endedMs = closedAt === null ? nowMs : Date.parse(closedAt);
  let { startMs = Date.parse(startedAt) - windowMs, endMs = endedMs + windowMs } = terms;
  if (terms.windowedStats) {
    const half = (windowedPoints / 2) * windowMs;
    endMs = startMs + half;
    startMs -= half;
    if (endMs > nowMs) {
      endMs = Math.min(nowMs, endedMs + Math.min(mostWindowsAfter * windowMs, mostAfterMs));
      startMs = endMs - windowedPoints * windowMs;
    }
  }
  const keptFromMs = Math.max(startMs, nowMs - retentionSeconds * 1_000);
  return { startMs: keptFromMs, endMs: Math.max(keptFromMs, endMs) };
}
