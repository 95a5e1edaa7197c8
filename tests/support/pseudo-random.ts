/** Numbers from 0 to 1 that are the same in every run. */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Choices that are the same in every run. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = pseudoRandom(seed);
  }

  /** Whether something happens that happens this often, 0 to 1. */
  happens(often: number): boolean {
    return this.#random() < often;
  }

  /** A whole number from `from` up to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  /** One of these, of which there has to be one at least. */
  oneOf<Value>(values: readonly Value[]): Value {
    const index = this.between(0, values.length - 1);
    if (!(index in values)) throw new RangeError('There is nothing to choose from.');
    return values[index] as Value;
  }

  /** The same values in another order. */
  shuffled<Value>(values: readonly Value[]): Value[] {
    const left = [...values];
    for (let index = left.length - 1; index > 0; index -= 1) {
      const other = this.between(0, index);
      [left[index], left[other]] = [left[other] as Value, left[index] as Value];
    }
    return left;
  }
}
