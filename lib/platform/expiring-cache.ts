import type { Clock } from './clock.ts';

/** Remembers values for a while within one process. */
export interface ExpiringCache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  /** Changes a value that is remembered, without remembering it for longer. */
  replace(key: string, value: Value): void;
}

/** A cache of at most `maxEntries` values, each kept for `maxAgeMs`; what was stored first is forgotten first. */
export function expiringCache<Value>(options: {
  readonly clock: Clock;
  readonly maxAgeMs: number;
  readonly maxEntries: number;
}): ExpiringCache<Value> {
  const { clock, maxAgeMs, maxEntries } = options;
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined || clock.now() < entry.until) return entry?.value;
      entries.delete(key);
      return undefined;
    },
    replace(key, value) {
      const entry = entries.get(key);
      if (entry !== undefined) entries.set(key, { value, until: entry.until });
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, until: clock.now() + maxAgeMs });
      if (entries.size <= maxEntries) return;
      // A Map keeps the order of insertion: its first key is the oldest.
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    },
  };
}
