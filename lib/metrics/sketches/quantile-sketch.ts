/** A quantile is off by this much of itself at most. */
export const relativeError = 0.01;

const gamma = (1 + relativeError) / (1 - relativeError);
const logGamma = Math.log(gamma);

/** How many values fell into each bin, as it can be stored and added up: bin numbers and counts. */
export interface QuantileBins {
  readonly positive: ReadonlyMap<number, number>;
  readonly negative: ReadonlyMap<number, number>;
  readonly zeros: number;
}

/**
 * A DDSketch: counts of values in bins that grow by a fixed ratio. Bins are counters, so merging is addition: whatever is
 * merged in whatever order gives the same as if all values had come into one.
 */
export class QuantileSketch implements QuantileBins {
  readonly positive = new Map<number, number>();
  readonly negative = new Map<number, number>();
  zeros = 0;
  #count = 0;

  /** How many values there are. */
  get count(): number {
    return this.#count;
  }

  add(value: number, times = 1): void {
    if (value === 0) this.zeros += times;
    else increase(value > 0 ? this.positive : this.negative, binOf(Math.abs(value)), times);
    this.#count += times;
  }

  merge({ positive, negative, zeros }: QuantileBins): void {
    for (const [bin, times] of positive) this.#increase(this.positive, bin, times);
    for (const [bin, times] of negative) this.#increase(this.negative, bin, times);
    this.zeros += zeros;
    this.#count += zeros;
  }

  /** The value below which this part of all values lies, 0 to 1; null when there are none. */
  quantile(level: number): number | null {
    if (this.#count === 0) return null;
    const rank = level * (this.#count - 1);
    let below = 0;
    for (const [value, times] of this.#ascending()) {
      below += times;
      if (below > rank) return value;
    }
    return null;
  }

  /** How many values are not above the threshold, which has to be positive. */
  countUpTo(threshold: number): number {
    const last = binOf(threshold);
    let count = this.zeros;
    for (const times of this.negative.values()) count += times;
    for (const [bin, times] of this.positive) if (bin <= last) count += times;
    return count;
  }

  *#ascending(): Generator<readonly [value: number, times: number]> {
    const inOrder = (bins: ReadonlyMap<number, number>) => [...bins].sort(([one], [other]) => one - other);
    for (const [bin, times] of inOrder(this.negative).reverse()) yield [-middleOf(bin), times];
    if (this.zeros > 0) yield [0, this.zeros];
    for (const [bin, times] of inOrder(this.positive)) yield [middleOf(bin), times];
  }

  #increase(bins: Map<number, number>, bin: number, times: number): void {
    increase(bins, bin, times);
    this.#count += times;
  }
}

/** The bin of a positive value; bin n holds what is above gamma to the n - 1 and not above gamma to the n. */
export function binOf(value: number): number {
  return Math.ceil(Math.log(value) / logGamma);
}

/** The value that is nearest to all of a bin, measured in parts of each. Computed in two steps, because a power may overflow. */
function middleOf(bin: number): number {
  return Math.exp(bin * logGamma + Math.log(2 / (gamma + 1)));
}

function increase(bins: Map<number, number>, bin: number, times: number): void {
  bins.set(bin, (bins.get(bin) ?? 0) + times);
}
