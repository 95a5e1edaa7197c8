import type { Item, Key, Table } from './table.ts';

/** What one domain wants to know: the keys to read, and what it makes of the items that stand there. */
export interface Lookup<Value> {
  readonly keys: readonly Key[];
  read(itemAt: (key: Key) => Item | undefined): Value;
}

type Found<Lookups extends readonly Lookup<unknown>[]> = {
  [Index in keyof Lookups]: Lookups[Index] extends Lookup<infer Value> ? Value : never;
};

/**
 * Answers the questions of several domains with one read, without any of them knowing the keys of another.
 * The read is consistent: what was written a moment ago is found.
 */
export async function lookUp<const Lookups extends readonly Lookup<unknown>[]>(
  table: Table,
  lookups: Lookups,
): Promise<Found<Lookups>> {
  const items = await table.batchGet(
    lookups.flatMap((lookup) => lookup.keys),
    { consistent: true },
  );
  const byKey = new Map(items.map((item) => [nameOf(item), item]));
  return lookups.map((lookup) => lookup.read((key) => byKey.get(nameOf(key)))) as Found<Lookups>;
}

function nameOf(key: Key): string {
  return JSON.stringify([key.pk, key.sk]);
}
