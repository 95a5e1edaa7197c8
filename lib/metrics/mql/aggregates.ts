import type { MetricType } from '../metric-name.ts';
import type { RollupSum } from './merge-rollups.ts';

/** One value of a row: null where nothing can be told, several where several quantiles were asked for. */
export type Value = number | null | readonly (number | null)[];

/** What an aggregate needs to know beside the points. */
export interface AggregateSettings {
  /** Quantiles, or the threshold of apdex. */
  readonly levels: readonly number[];
  /** How long the time is that the value stands for. */
  readonly seconds: number;
}

/** An aggregate: of which types of metrics it can be told, and what it is. */
interface Aggregate {
  readonly types: readonly MetricType[];
  of(rollup: RollupSum, settings: AggregateSettings): Value;
}

const numbers: readonly MetricType[] = ['c', 'd', 'g'];
const points: readonly MetricType[] = ['d', 'g'];

/** All aggregates, by name; a Map because names come from outside. */
export const aggregates: ReadonlyMap<string, Aggregate> = new Map<string, Aggregate>([
  ['sum', { types: numbers, of: ({ sum }) => finite(sum) }],
  ['count', { types: [...numbers, 's'], of: ({ count }) => count }],
  ['min', { types: points, of: ({ min }) => finite(min) }],
  ['max', { types: points, of: ({ max }) => finite(max) }],
  ['avg', { types: numbers, of: ({ sum, count }) => divide(sum, count) }],
  ['last', { types: ['g'], of: ({ last }) => (Number.isFinite(last.atSeconds) ? last.value : null) }],
  ['uniq', { types: ['s'], of: ({ members }) => members.count() }],
  ['rate', { types: ['c'], of: ({ sum }, { seconds }) => divide(sum, seconds) }],
  ['quantiles', { types: ['d'], of: quantiles }],
  ['apdex', { types: ['d'], of: apdex }],
]);

/** What another name stands for. */
interface Alias {
  readonly name: string;
  readonly levels: readonly number[];
}

const percentiles = [50, 75, 90, 95, 99];

/** Other names, as people write them: what they mean, with which levels. */
export const aliases: ReadonlyMap<string, Alias> = new Map<string, Alias>([
  ...percentiles.map((one): [string, Alias] => [`p${one}`, { name: 'quantiles', levels: [one / 100] }]),
  ['count_unique', { name: 'uniq', levels: [] }],
]);

/** The names of all aggregates, or of those that can be told of a type of metric. */
export function aggregateNames(type?: MetricType): string[] {
  const names = [...aggregates].filter(([, { types }]) => type === undefined || types.includes(type));
  const own = names.map(([name]) => name);
  return [...own, ...[...aliases].filter(([, { name }]) => own.includes(name)).map(([name]) => name), 'failure_rate'];
}

/** A quotient, or null where there is none. */
export function divide(dividend: number, divisor: number): number | null {
  return divisor === 0 ? null : finite(dividend / divisor);
}

/** The number, or null where it is beyond all numbers. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The smallest and the largest value are known exactly, and no quantile lies outside of them. */
function quantiles({ sketch, min, max }: RollupSum, { levels }: AggregateSettings): Value {
  const values = levels.map((level) => {
    const value = level === 0 ? min : level === 1 ? max : sketch.quantile(level);
    return value === null || sketch.count === 0 ? null : Math.min(Math.max(value, min), max);
  });
  return values.length === 1 ? (values[0] ?? null) : values;
}

/** Satisfied up to the threshold, tolerating up to four times it. */
function apdex({ sketch }: RollupSum, { levels: [threshold = 0] }: AggregateSettings): Value {
  const satisfied = sketch.countUpTo(threshold);
  const tolerating = sketch.countUpTo(4 * threshold) - satisfied;
  return divide(satisfied + tolerating / 2, sketch.count);
}
