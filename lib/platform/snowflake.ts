import { type Clock, epochSeconds } from './clock.ts';
import { UnavailableError } from './errors.ts';
import type { Redis } from './redis.ts';

/** Kinds of entities whose IDs come from here, each with a sequence of its own. Users do not: they come from sign-in. */
export const snowflakeKinds = [
  'organization',
  'project',
  'team',
  'release',
  'issue',
  'repository',
  'alert-rule',
  'digest',
  'token',
  'deploy',
] as const;

/** A kind of entity that has snowflake IDs. */
export type EntityKind = (typeof snowflakeKinds)[number];

/** Makes snowflake IDs: 53 bits, ordered by second, unique per kind. */
export interface SnowflakeIds {
  /** One ID. @throws UnavailableError when none is left within reach. */
  take(kind: EntityKind): Promise<string>;
  /** `count` IDs in one round trip. @throws UnavailableError when there are not that many within reach. */
  takeMany(kind: EntityKind, count: number): Promise<string[]>;
}

/** Where the bits of an ID come from. */
export interface SnowflakeOptions {
  readonly redis: Redis;
  readonly clock: Clock;
  /** Written in five bits in reverse order, so that early versions look unlike later ones; 1 by default. */
  readonly version?: number;
  /** 0 to 4095; 0 for an installation without regions. */
  readonly regionId?: number;
  /** Seconds since the Unix epoch that count as second 0; 2022-08-08T00:00:00Z by default. */
  readonly epochSeconds?: number;
}

/** A run of bits of the ID. */
export interface Segment {
  readonly name: string;
  readonly bits: number;
}

/** From the most significant to the least. */
export const segments = {
  version: segment('Version ID', 5),
  seconds: segment('Time difference', 32),
  region: segment('Region ID', 12),
  sequence: segment('Sequence', 4),
} as const;

/** 2022-08-08T00:00:00Z */
export const defaultEpochSeconds = 1_659_916_800;
const sequenceSize = 2 ** segments.sequence.bits;
/** How far the search for a free number goes back, and how long a counter lives: the one must not outlive the other. */
const reachSeconds = 300;

/**
 * KEYS[1]  prefix of the counters of one kind of entity; a counter's name is prefix .. second
 * ARGV     newest second, how many IDs, numbers in a second, how many seconds to try, life of a counter in seconds
 * Returns  a text with three numbers a second, separated by commas: second, first number, how many, second, …; it is
 *          shorter than asked when the numbers are exhausted, and a text because every engine gives that back unchanged
 *
 * Every second that is tried is counted up by what is still wanted, even a full one; numbers beyond the last are never
 * handed out. A counter gets its expiry together with its first number, so none can be left behind without one.
 */
const takeSequenceNumbers = `
local newest, wanted, size = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local taken = {}
for second = newest, newest - tonumber(ARGV[4]) + 1, -1 do
  if wanted <= 0 then break end
  local key = KEYS[1] .. string.format('%.0f', second)
  local first = redis.call('INCRBY', key, wanted) - wanted
  if first == 0 then redis.call('EXPIRE', key, ARGV[5]) end
  local got = math.min(wanted, size - first)
  if got > 0 then
    taken[#taken + 1] = second
    taken[#taken + 1] = first
    taken[#taken + 1] = got
    wanted = wanted - got
  end
end
return table.concat(taken, ',')
`;

/**
 * A generator whose sequence numbers come from Redis, so that any number of processes share one sequence.
 * @throws RangeError when the version or the region does not fit its bits.
 */
export function snowflakeIds(options: SnowflakeOptions): SnowflakeIds {
  const { redis, clock, version = 1, regionId = 0, epochSeconds: epoch = defaultEpochSeconds } = options;
  const versionBits = reversedBits(fitInto(segments.version, version), segments.version.bits);
  const region = fitInto(segments.region, regionId);

  async function takeMany(kind: EntityKind, count: number): Promise<string[]> {
    const newest = fitInto(segments.seconds, epochSeconds(clock) - epoch);
    const taken = runs(
      await redis.run(
        takeSequenceNumbers,
        [`snowflake:${kind}:`],
        [newest, count, sequenceSize, Math.min(newest, reachSeconds), reachSeconds],
      ),
    );
    const ids = taken.flatMap(({ second, first, length }) =>
      Array.from({ length }, (_, index) => compose(versionBits, second, region, first + index)),
    );
    if (ids.length < count) {
      throw new UnavailableError(`No ID is available for a new ${kind}. Please try again in a second.`, 1);
    }
    return ids.map(String);
  }

  return {
    takeMany,
    async take(kind) {
      const [id] = await takeMany(kind, 1);
      if (id === undefined) throw new UnavailableError(`No ID is available for a new ${kind}.`, 1);
      return id;
    },
  };
}

/** The parts of an ID. @throws RangeError when it is not a safe non-negative integer. */
export function decodeSnowflake(id: number): { version: number; seconds: number; region: number; sequence: number } {
  if (!Number.isSafeInteger(id) || id < 0) throw new RangeError(`${id} is not a snowflake ID`);
  let rest = id;
  const cut = ({ bits }: Segment): number => {
    const part = rest % 2 ** bits;
    rest = Math.floor(rest / 2 ** bits);
    return part;
  };
  const sequence = cut(segments.sequence);
  const region = cut(segments.region);
  const seconds = cut(segments.seconds);
  return { version: rest, seconds, region, sequence };
}

/** A segment of `bits` bits. @throws RangeError when that is not a positive number. */
export function segment(name: string, bits: number): Segment {
  if (!Number.isInteger(bits) || bits <= 0) throw new RangeError('The length of a segment must be a positive number.');
  return { name, bits };
}

/** `value` if it fits. @throws RangeError naming the segment and its size otherwise. */
export function fitInto({ name, bits }: Segment, value: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) {
    throw new RangeError(`${name} does not fit into ${bits} bits: ${value}`);
  }
  return value;
}

/** Bit operators work on 32 bits, the ID has 53: hence arithmetic. The result stays below 2^53, a safe integer. */
function compose(versionBits: number, seconds: number, region: number, sequence: number): number {
  const withSeconds = versionBits * 2 ** segments.seconds.bits + seconds;
  const withRegion = withSeconds * 2 ** segments.region.bits + region;
  return withRegion * 2 ** segments.sequence.bits + fitInto(segments.sequence, sequence);
}

function reversedBits(value: number, bits: number): number {
  return Number.parseInt([...value.toString(2).padStart(bits, '0')].reverse().join(''), 2);
}

function runs(answer: unknown): { second: number; first: number; length: number }[] {
  const numbers = answer === '' ? [] : String(answer).split(',').map(Number);
  if (numbers.length % 3 !== 0 || !numbers.every(Number.isSafeInteger)) {
    throw new TypeError('The ID counter gave an unknown answer.');
  }
  return Array.from({ length: numbers.length / 3 }, (_, index) => {
    const [second = Number.NaN, first = Number.NaN, length = Number.NaN] = numbers.slice(index * 3, index * 3 + 3);
    return { second, first, length };
  });
}
