import type { Changes } from './changes.ts';

/** A call that Slack would have refused, kept for the page: a message that does not appear has its reason there. */
export interface RefusedCall {
  readonly at: number;
  readonly what: string;
  readonly error: string;
  readonly problems: readonly string[];
}

const kept = 20;

/** The last refused calls, newest first. */
export class RefusalLog {
  readonly #calls: RefusedCall[] = [];
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  add(call: RefusedCall): void {
    this.#calls.unshift(call);
    this.#calls.splice(kept);
    this.#changes.announce();
  }

  all(): readonly RefusedCall[] {
    return this.#calls;
  }
}
