import { queryMessages } from '../messages.ts';
import { queryLimits } from './limits.ts';
import { QueryRefusedError } from './query-error.ts';

/** Counts how deep the parser is in parentheses, and stops before the stack does. */
export class Nesting {
  #depth = 0;

  /** Reads something inside of parentheses. @throws QueryRefusedError when it nests too deep */
  deeper<T>(read: () => T): T {
    if (this.#depth >= queryLimits.nesting) throw new QueryRefusedError(queryMessages.tooDeep(queryLimits.depth));
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }
}
