import type { Clock } from '../platform/clock.ts';
import { type ExpiringCache, expiringCache } from '../platform/expiring-cache.ts';

/** The smallest and the largest value of a bucket, and for gauges the latest. */
export interface Extremes {
  readonly lo: number;
  readonly hi: number;
  readonly last?: number | undefined;
  readonly lastAt?: number | undefined;
}

/** What of a set's bucket is known to be stored. */
export interface KnownMembers {
  readonly hashes: Set<bigint>;
  /** The rank of every register, once there are registers. */
  registers?: Uint8Array;
}

/** What a process has written lately and need not write again. Forgetting any of it costs writes and changes nothing. */
export interface FoldMemory {
  readonly extremes: ExpiringCache<Extremes>;
  readonly members: ExpiringCache<KnownMembers>;
  /** Series of a day that are in the directory, and tags that are. */
  readonly directory: ExpiringCache<true>;
}

const day = 86_400_000;

/** Nothing known yet. About 60 MB when it is full. */
export function foldMemory(clock: Clock): FoldMemory {
  return {
    extremes: expiringCache({ clock, maxAgeMs: day, maxEntries: 50_000 }),
    members: expiringCache({ clock, maxAgeMs: day, maxEntries: 400 }),
    directory: expiringCache({ clock, maxAgeMs: day, maxEntries: 100_000 }),
  };
}
