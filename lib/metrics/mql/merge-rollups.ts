import { QuantileSketch } from '../sketches/quantile-sketch.ts';
import { UniqueCounter } from '../sketches/unique-counter.ts';
import type { Rollup } from './metric-source.ts';

/** Puts buckets together; the result is the same in whatever order they come. */
export class RollupSum implements Rollup {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  last: { readonly value: number; readonly atSeconds: number } = { value: 0, atSeconds: Number.NEGATIVE_INFINITY };
  readonly sketch = new QuantileSketch();
  readonly members = new UniqueCounter();

  add({ count, sum, min, max, last, sketch, members }: Rollup): void {
    this.count += count;
    this.sum += sum;
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
    if (last !== undefined && isLater(last, this.last)) this.last = last;
    if (sketch !== undefined) this.sketch.merge(sketch);
    if (members !== undefined) this.members.merge(members);
  }
}

/** Of two values at the same time the larger counts as the later one, so that the order of reading does not decide. */
function isLater(one: NonNullable<Rollup['last']>, other: NonNullable<Rollup['last']>): boolean {
  return one.atSeconds > other.atSeconds || (one.atSeconds === other.atSeconds && one.value > other.value);
}
