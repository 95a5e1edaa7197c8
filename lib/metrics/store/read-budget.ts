import type { Item } from '../../platform/table.ts';
import { queryMessages } from '../messages.ts';
import { QueryTooLargeError } from '../mql/query-error.ts';

/** What one reading may come to, so that it ends within the time and the memory of a function. */
export interface ReadLimits {
  /** Each is a request at least, which takes some milliseconds, several at a time. */
  readonly partitions: number;
  /** Buckets: of all series, before filters. */
  readonly buckets: number;
  /** What they hold, the bins of distributions and the members of sets above all. */
  readonly numbers: number;
}

/** As much as was measured to take about seven seconds of one CPU, most of them for turning DynamoDB's JSON into items. */
export const readLimits: ReadLimits = { partitions: 2_000, buckets: 200_000, numbers: 2_000_000 };

/** Adds up what was read, and refuses what goes beyond the limits, with what to ask for instead. */
export class ReadBudget {
  readonly #limits: ReadLimits;
  #partitions = 0;
  #buckets = 0;
  #numbers = 0;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  /** @throws QueryTooLargeError */
  addPartitions(count: number): void {
    this.#partitions += count;
    const most = this.#limits.partitions;
    if (this.#partitions > most) throw new QueryTooLargeError(queryMessages.tooManyPartitions(most));
  }

  /** @throws QueryTooLargeError */
  addItem(item: Item): void {
    this.#buckets += 1;
    this.#numbers += numbersIn(item);
    const { buckets, numbers } = this.#limits;
    if (this.#buckets > buckets) throw new QueryTooLargeError(queryMessages.tooManyStored(buckets));
    if (this.#numbers > numbers) throw new QueryTooLargeError(queryMessages.tooManyNumbers(numbers));
  }
}

function numbersIn(item: Item): number {
  return Object.values(item).reduce<number>((sum, value) => sum + (value instanceof Set ? value.size : 1), 0);
}
