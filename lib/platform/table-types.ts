/** Where an item is. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as it stands in the table. */
export type Item = Readonly<Record<string, unknown>> & Key;

/** One step of a transaction; the table's name is filled in. */
export type WriteAction =
  | { readonly put: Item; readonly onlyIf?: Condition }
  | { readonly update: Key; readonly set: UpdateExpression; readonly onlyIf?: Condition }
  | { readonly delete: Key; readonly onlyIf?: Condition }
  | { readonly check: Key; readonly onlyIf: Condition };

/** One of many writes that belong together loosely. */
export type BatchWrite = { readonly put: Item } | { readonly delete: Key };

/** A condition expression with its names and values. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** An update expression (`SET … ADD …`) with its names and values. */
export type UpdateExpression = Condition;

/** Thrown when a transaction did not happen because conditions failed; tells which and what stands there now. */
export class ConditionFailedError extends Error {
  override readonly name = 'ConditionFailedError';
  /** Per action: the item that stood in the way, `true` when there was none, or undefined when that action was fine. */
  readonly failed: readonly (Item | true | undefined)[];

  constructor(failed: readonly (Item | true | undefined)[], options?: ErrorOptions) {
    super('A condition of the write does not hold.', options);
    this.failed = failed;
  }
}

/** A DynamoDB table with the few operations that our stores are made of. */
export interface Table {
  get(key: Key, options?: { consistent?: boolean }): Promise<Item | undefined>;
  /** Items of any number of keys, in no order; missing ones are missing. */
  batchGet(keys: readonly Key[], options?: { consistent?: boolean }): Promise<Item[]>;
  /** One page of a partition, or of an index, with the key to go on from. */
  query(query: TableQuery): Promise<{ items: Item[]; next: Readonly<Record<string, unknown>> | undefined }>;
  /** Every item of the query, page by page. */
  queryAll(query: TableQuery): AsyncGenerator<Item>;
  /** Stores one item, at half the price of a transaction. @throws ConditionFailedError */
  put(item: Item, onlyIf?: Condition): Promise<void>;
  /** Adds to counters and the like. @throws ConditionFailedError */
  update(key: Key, set: UpdateExpression, onlyIf?: Condition): Promise<void>;
  /** Counts up by one and gives the new number, 1 the first time; no two calls get the same. */
  increment(key: Key, attribute: string, itemType: string): Promise<number>;
  /**
   * Stores and deletes any number of items, 25 a request and a few requests at a time, without conditions and not as one: each
   * item at most once in `writes`. After a failure some are done; doing all of it again is right.
   */
  batchWrite(writes: readonly BatchWrite[]): Promise<void>;
  /** All of it or nothing; 100 actions at most. @throws ConditionFailedError, UnavailableError under contention */
  write(actions: readonly WriteAction[], options?: { token?: string }): Promise<void>;
}

/** What to read of one partition. */
export interface TableQuery {
  readonly index?: 'gsi1' | 'gsi2';
  readonly partition: string;
  /** Sort keys that begin so; all of the partition by default. */
  readonly beginsWith?: string;
  /** Sort keys between these, both included. */
  readonly between?: readonly [string, string];
  readonly descending?: boolean;
  readonly limit?: number;
  readonly from?: Readonly<Record<string, unknown>>;
  /** Only what comes behind this sort key, in the direction of reading; together with neither `beginsWith` nor `between`. */
  readonly after?: string;
  readonly consistent?: boolean;
}

/** Never there yet: the condition of an insert. */
export const notThere: Condition = { expression: 'attribute_not_exists(pk)' };
/** Already there: the condition of a change. */
export const isThere: Condition = { expression: 'attribute_exists(pk)' };
