import type { Changes } from '../changes.ts';

/** Where a button stands. */
export interface ButtonPlace {
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  readonly blockId: string;
  readonly actionId: string;
}

/** The buttons whose last press came to nothing: Slack shows a warning triangle beside them. */
export class PressTroubles {
  readonly #problems = new Map<string, string>();
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  set(place: ButtonPlace, problem: string | undefined): void {
    const had = this.#problems.delete(keyOf(place));
    if (problem !== undefined) this.#problems.set(keyOf(place), problem);
    if (had || problem !== undefined) this.#changes.announce();
  }

  at(place: ButtonPlace): string | undefined {
    return this.#problems.get(keyOf(place));
  }
}

function keyOf({ team, channel, ts, blockId, actionId }: ButtonPlace): string {
  return [team, channel, ts, blockId, actionId].join(' ');
}
