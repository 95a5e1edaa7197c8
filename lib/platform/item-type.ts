import type * as z from 'zod';
import type { Item, Key } from './table.ts';

/** One type of item: how it is named, where it stands and what it holds. docs/data-model.md lists them all. */
export interface ItemType<Value, Address> {
  readonly name: string;
  key(address: Address): Key;
  /** The item to store. */
  toItem(value: Value): Item;
  /** The value of a stored item. @throws ZodError when the item is not of this type (a defect of ours). */
  fromItem(item: Item): Value;
}

/**
 * Describes a type of item. `key` takes what identifies it, and `address` finds that in a value; `index` gives
 * the attributes of secondary indexes (`gsi1pk`, …), and `expiresAt` the second at which it may be forgotten.
 */
export function itemType<S extends z.ZodObject, Address>(definition: {
  readonly name: string;
  readonly schema: S;
  readonly key: (address: Address) => Key;
  readonly address: (value: z.infer<S>) => Address;
  readonly index?: (value: z.infer<S>) => Readonly<Record<string, string>>;
  readonly expiresAt?: (value: z.infer<S>) => number;
}): ItemType<z.infer<S>, Address> {
  return {
    name: definition.name,
    key: definition.key,
    toItem: (value) => ({
      ...value,
      ...definition.key(definition.address(value)),
      ...definition.index?.(value),
      ...(definition.expiresAt && { expiresAt: definition.expiresAt(value) }),
      itemType: definition.name,
    }),
    fromItem: (item) => definition.schema.parse(item),
  };
}
