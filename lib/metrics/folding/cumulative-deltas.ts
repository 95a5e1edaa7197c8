import type { HistogramBins, Sample } from '../metric-point.ts';

/** What is remembered of a sender's running total of one series. */
export interface CumulativeState {
  readonly startSeconds: number;
  /** The time of the point that was seen last. */
  readonly atSeconds: number;
  /** Counters. */
  readonly value?: number | undefined;
  /** Distributions. */
  readonly bins?: HistogramBins | undefined;
  readonly sum?: number | undefined;
}

/** A running total that was told at a time. */
export type Total = Extract<Sample, { cumulative: unknown }>;

/** Totals that began longer ago when we first hear of them are where counting begins: what they hold is older than what we take. */
const longestUnseenSeconds = 86_400;

/**
 * What a running total adds to what its sender told before, and what is to be remembered of it. A total that began anew, or
 * that fell, counts whole. One that comes after a later one of the same run adds nothing: the later one held it already.
 */
export function deltaOf(
  before: CumulativeState | undefined,
  total: Total,
  atSeconds: number,
): { readonly sample?: Sample; readonly state: CumulativeState } {
  const { startSeconds } = total.cumulative;
  if (before !== undefined) {
    const isOlder = startSeconds < before.startSeconds;
    if (isOlder || (startSeconds === before.startSeconds && atSeconds < before.atSeconds)) return { state: before };
  }
  const state = stateOf(total, atSeconds);
  if (before === undefined && startSeconds < atSeconds - longestUnseenSeconds) return { state };
  const goesOn = before !== undefined && startSeconds === before.startSeconds;
  return { sample: difference(total, goesOn ? before : undefined), state };
}

function stateOf({ cumulative }: Total, atSeconds: number): CumulativeState {
  const { startSeconds } = cumulative;
  if ('value' in cumulative) return { startSeconds, atSeconds, value: cumulative.value };
  return { startSeconds, atSeconds, bins: cumulative.bins, sum: cumulative.sum };
}

function difference(total: Total, before: CumulativeState | undefined): Sample {
  if (total.type === 'c') {
    const { value } = total.cumulative;
    const told = before?.value ?? 0;
    return { type: 'c', increment: value < told ? value : value - told };
  }
  const { bins, sum } = total.cumulative;
  const told = new Map(before?.bins);
  const now = new Map(bins);
  const fell = [...told].some(([value, count]) => (now.get(value) ?? 0) < count);
  if (before === undefined || (fell && countIn(bins) < countIn(before.bins ?? []))) return { type: 'd', bins, sum };
  const risen = bins.map(([value, count]) => [value, count - (told.get(value) ?? 0)] as const);
  const added = risen.filter(([, count]) => count > 0);
  const isSumKnown = sum !== undefined && before.sum !== undefined;
  return {
    type: 'd',
    bins: fell ? shared(added, countIn(bins) - countIn(before.bins ?? [])) : added,
    sum: isSumKnown ? sum - before.sum : undefined,
  };
}

function countIn(bins: HistogramBins): number {
  return bins.reduce((sum, [, count]) => sum + count, 0);
}

/**
 * So many values, spread over bins as these are. Senders put values into wider bins when their range grows: then some bins
 * fell although nothing began anew, and all that is known for certain is how many values there are more.
 */
function shared(bins: HistogramBins, count: number): HistogramBins {
  const all = countIn(bins);
  let [before, given] = [0, 0];
  const parts = bins.map(([value, times]) => {
    before += times;
    const part = Math.floor((before / all) * count) - given;
    given += part;
    return [value, part] as const;
  });
  return parts.filter(([, times]) => times > 0);
}
