import type { Sample } from '../metric-point.ts';
import { binOf } from '../sketches/quantile-sketch.ts';
import { memberHash } from '../sketches/unique-counter.ts';
import { smallest } from './accept-point.ts';

/** What points add to one bucket of one series. Contributions add up: to those of other points, and to what is stored. */
export interface Contribution {
  count: number;
  sum: number;
  /** Distributions: how many values fell into each bin. */
  positive?: Map<number, number>;
  negative?: Map<number, number>;
  zeros?: number;
  /** Distributions and gauges. */
  lo?: number;
  hi?: number;
  /** Gauges: the latest value, the largest of those that came at the same time. */
  last?: number;
  lastAt?: number;
  /** Sets: the hashes of the members. */
  members?: Set<bigint>;
}

/** Nothing yet. */
export function emptyContribution(): Contribution {
  return { count: 0, sum: 0 };
}

/** Adds a sample that was taken at that time to a contribution. What is `cumulative` has to be a difference by now. */
export function addSample(to: Contribution, sample: Sample, atSeconds: number): void {
  if ('increment' in sample) {
    to.count += 1;
    to.sum += sample.increment;
  } else if ('values' in sample) {
    for (const value of sample.values) addValues(to, value, 1);
  } else if ('bins' in sample) {
    addHistogram(to, sample);
  } else if (sample.type === 'g') {
    to.count += sample.count;
    to.sum += sample.sum;
    widen(to, sample.min, sample.max);
    keepLatest(to, sample.last, atSeconds);
  } else if (sample.type === 's') {
    to.count += sample.members.length;
    to.members ??= new Set();
    for (const member of sample.members) to.members.add(memberHash(member));
  } else {
    throw new TypeError('A running total cannot be added up.');
  }
}

/** Adds one contribution to another of the same series. */
export function addContribution(to: Contribution, from: Contribution): void {
  to.count += from.count;
  to.sum += from.sum;
  for (const side of ['positive', 'negative'] as const) {
    for (const [bin, times] of from[side] ?? []) increase(to, side, bin, times);
  }
  if (from.zeros !== undefined) to.zeros = (to.zeros ?? 0) + from.zeros;
  if (from.lo !== undefined && from.hi !== undefined) widen(to, from.lo, from.hi);
  if (from.last !== undefined && from.lastAt !== undefined) keepLatest(to, from.last, from.lastAt);
  if (from.members !== undefined) {
    to.members ??= new Set();
    for (const member of from.members) to.members.add(member);
  }
}

function addHistogram(to: Contribution, { bins, sum, min, max }: Extract<Sample, { bins: unknown }>): void {
  const seen = emptyContribution();
  for (const [value, times] of bins) if (times > 0) addValues(seen, value, times);
  if (seen.count === 0) return;
  // The values of bins stand for what lay around them; what the sender knows of the values themselves is better.
  if (sum !== undefined) seen.sum = sum;
  if (min !== undefined) seen.lo = min;
  if (max !== undefined) seen.hi = max;
  addContribution(to, seen);
}

function addValues(to: Contribution, value: number, times: number): void {
  const size = Math.abs(value);
  to.count += times;
  to.sum += value * times;
  widen(to, value, value);
  if (size < smallest) to.zeros = (to.zeros ?? 0) + times;
  else if (value > 0) increase(to, 'positive', binOf(size), times);
  else increase(to, 'negative', binOf(size), times);
}

/** Adding zero makes a negative zero a plain one, which is what is stored. */
function widen(to: Contribution, lo: number, hi: number): void {
  to.lo = Math.min(to.lo ?? lo, lo) + 0;
  to.hi = Math.max(to.hi ?? hi, hi) + 0;
}

function keepLatest(to: Contribution, last: number, atSeconds: number): void {
  const isLater = to.lastAt === undefined || atSeconds > to.lastAt;
  if (isLater || (atSeconds === to.lastAt && last > (to.last ?? last))) {
    to.last = last + 0;
    to.lastAt = atSeconds;
  }
}

function increase(to: Contribution, side: 'positive' | 'negative', bin: number, times: number): void {
  const bins = to[side] ?? new Map<number, number>();
  bins.set(bin, (bins.get(bin) ?? 0) + times);
  to[side] = bins;
}
