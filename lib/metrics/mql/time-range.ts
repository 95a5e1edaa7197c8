import { queryMessages } from '../messages.ts';
import { QueryRefusedError } from './query-error.ts';

/** The granularities in which points are kept, the coarsest first. */
export const granularities = [86_400, 3_600, 60, 10] as const;

const finest = 10;
const daySeconds = 86_400;
const latestSeconds = 4_000_000_000_000;

/** Which time is asked for, and in which steps. */
export interface Rollups {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Rows for each of these intervals; undefined: for the whole time. */
  readonly intervalSeconds?: number | undefined;
  /** Which buckets to read; chosen when undefined. */
  readonly granularitySeconds?: number | undefined;
}

/** The time as it is answered for: whole intervals, so both ends may lie further outside. */
export interface TimeRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly intervalSeconds: number | undefined;
  readonly granularitySeconds: number;
}

/** Widens the time to whole intervals since the Unix epoch and chooses the buckets. @throws QueryRefusedError */
export function timeRangeOf({ startSeconds, endSeconds, intervalSeconds, granularitySeconds }: Rollups): TimeRange {
  // Further away there are no dates; also what is no number ends here.
  const isOrdered = startSeconds >= 0 && startSeconds < endSeconds && endSeconds <= latestSeconds;
  if (!isOrdered || (intervalSeconds ?? 0) > latestSeconds) throw new QueryRefusedError(queryMessages.timeRange);
  if (intervalSeconds !== undefined && !(Number.isSafeInteger(intervalSeconds) && intervalSeconds >= finest)) {
    throw new QueryRefusedError(queryMessages.interval);
  }
  const isKept = granularitySeconds === undefined || granularities.some((one) => one === granularitySeconds);
  if (!isKept || (granularitySeconds ?? 0) > (intervalSeconds ?? Number.POSITIVE_INFINITY)) {
    throw new QueryRefusedError(queryMessages.granularity);
  }
  if (intervalSeconds === undefined) {
    const chosen = Math.min(granularityAt(startSeconds), granularityAt(endSeconds));
    return { startSeconds, endSeconds, intervalSeconds, granularitySeconds: granularitySeconds ?? chosen };
  }
  const start = Math.floor(startSeconds / intervalSeconds) * intervalSeconds;
  const end = start + Math.ceil((endSeconds - start) / intervalSeconds) * intervalSeconds;
  const chosen = granularities.find((one) => one <= intervalSeconds) ?? finest;
  return {
    startSeconds: start,
    endSeconds: end,
    intervalSeconds,
    granularitySeconds: granularitySeconds ?? chosen,
  };
}

/** How many intervals there are; one when none was asked for. */
export function intervalCount({ startSeconds, endSeconds, intervalSeconds }: TimeRange): number {
  return intervalSeconds === undefined ? 1 : (endSeconds - startSeconds) / intervalSeconds;
}

/** The coarsest granularity of which a bucket begins at this time; the finest when none does. */
function granularityAt(seconds: number): number {
  const sinceMidnight = seconds % daySeconds;
  return granularities.find((one) => sinceMidnight % one === 0) ?? finest;
}
