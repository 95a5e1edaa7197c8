import { QuantileSketch } from '../sketches/quantile-sketch.ts';
import { UniqueCounter } from '../sketches/unique-counter.ts';
import type { Rollup } from './metric-source.ts';

/** Puts buckets together; the result is the same in whatever order they come. */
export class RollupSum implements Rollup {
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  last: { readonly value: number; readonly atSeconds: number } = { value: 0, atSeconds: Number.NEGATIVE_INFINITY };
  #sum = 0;
  #lost = 0;
  #sketch: QuantileSketch | undefined;
  #members: UniqueCounter | undefined;

  /** In the steps in which sums are stored; what is finer is what binary fractions leave behind (0.1 + 0.2). */
  get sum(): number {
    return Number((this.#sum + this.#lost).toFixed(sumDecimals));
  }

  get sketch(): QuantileSketch {
    this.#sketch ??= new QuantileSketch();
    return this.#sketch;
  }

  get members(): UniqueCounter {
    this.#members ??= new UniqueCounter();
    return this.#members;
  }

  add({ count, sum, min, max, last, sketch, members }: Rollup): void {
    this.count += count;
    this.#addToSum(sum);
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
    if (last !== undefined && isLater(last, this.last)) this.last = last;
    if (sketch !== undefined) this.sketch.merge(sketch);
    if (members !== undefined) this.members.merge(members);
  }

  /** Neumaier's way: what adding to a larger number loses is added at the end. */
  #addToSum(value: number): void {
    const sum = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
  }
}

/** As many as a fold stores. */
const sumDecimals = 12;

/** Of two values at the same time the larger counts as the later one, so that the order of reading does not decide. */
function isLater(one: NonNullable<Rollup['last']>, other: NonNullable<Rollup['last']>): boolean {
  return one.atSeconds > other.atSeconds || (one.atSeconds === other.atSeconds && one.value > other.value);
}
