import { createHash } from 'node:crypto';

/** Up to this many members are counted exactly. */
export const exactMembers = 1_000;

/** Two to this power registers: a standard error of 0.6 %, so that 2 % are more than three times that. */
const indexBits = 15;
export const registerCount = 2 ** indexBits;
const rankBits = 64 - indexBits;

/**
 * Counts different members: the hashes themselves up to a thousand, a HyperLogLog beyond. Adding a member again changes
 * nothing, and merging gives the same as if all members had come into one, in whatever order.
 */
export class UniqueCounter {
  #hashes: Set<bigint> | undefined = new Set();
  #registers: Uint8Array | undefined;

  add(member: string): void {
    this.addHash(memberHash(member));
  }

  /** Adds a member by its `memberHash`. */
  addHash(hash: bigint): void {
    if (this.#hashes === undefined) {
      raise(this.#toRegisters(), registerOf(hash));
      return;
    }
    this.#hashes.add(hash);
    if (this.#hashes.size > exactMembers) this.#toRegisters();
  }

  /** Adds what is left of members that were more than a thousand. */
  addRegister(register: Register): void {
    raise(this.#toRegisters(), register);
  }

  merge(other: UniqueCounter): void {
    if (other.#hashes !== undefined) {
      for (const hash of other.#hashes) this.addHash(hash);
      return;
    }
    const registers = this.#toRegisters();
    other.#registers?.forEach((rank, index) => {
      if (rank > (registers[index] ?? 0)) registers[index] = rank;
    });
  }

  /** How many different members there are: exactly up to a thousand, within 2 % above. */
  count(): number {
    if (this.#hashes !== undefined) return this.#hashes.size;
    // The union had more than a thousand before it was estimated; the estimate may not contradict that.
    return Math.max(exactMembers + 1, Math.round(estimate(this.#registers ?? new Uint8Array(registerCount))));
  }

  #toRegisters(): Uint8Array {
    this.#registers ??= new Uint8Array(registerCount);
    for (const hash of this.#hashes ?? []) raise(this.#registers, registerOf(hash));
    this.#hashes = undefined;
    return this.#registers;
  }
}

/** What a set keeps of a member: 64 bits of its hash. */
export function memberHash(member: string): bigint {
  return createHash('sha256').update(member).digest().readBigUInt64BE();
}

/** A register and what one hash makes of it at least. */
export interface Register {
  readonly index: number;
  readonly rank: number;
}

/** The first bits choose the register; it keeps the longest run of zeros that began one of its hashes' other bits. */
export function registerOf(hash: bigint): Register {
  const index = Number(hash >> BigInt(rankBits));
  const rest = BigInt.asUintN(rankBits, hash);
  const [high, low] = [Number(rest >> 32n), Number(BigInt.asUintN(32, rest))];
  // Of the high part only its last bits belong to the rank.
  const zeros = high === 0 ? rankBits - 32 + Math.clz32(low) : Math.clz32(high) - (64 - rankBits);
  return { index, rank: zeros + 1 };
}

function raise(registers: Uint8Array, { index, rank }: Register): void {
  if (rank > (registers[index] ?? 0)) registers[index] = rank;
}

/** Ertl's improved estimator (arXiv 1702.01284, algorithm 6), which needs no tables to correct small and large numbers. */
function estimate(registers: Uint8Array): number {
  const histogram = new Float64Array(rankBits + 2);
  for (const rank of registers) histogram[rank] = (histogram[rank] ?? 0) + 1;
  const size = registers.length;
  let z = size * tau(1 - (histogram[rankBits + 1] ?? 0) / size);
  for (let rank = rankBits; rank >= 1; rank -= 1) z = (z + (histogram[rank] ?? 0)) / 2;
  z += size * sigma((histogram[0] ?? 0) / size);
  return (size * size) / (2 * Math.LN2 * z);
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z, before] = [share, 1, share, -1];
  while (z !== before) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z, before] = [share, 1, 1 - share, -1];
  while (z !== before) {
    x = Math.sqrt(x);
    before = z;
    y /= 2;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
