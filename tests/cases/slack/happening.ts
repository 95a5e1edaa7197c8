import type { Given } from './given.ts';
import type { World } from './world.ts';

/** What a door answered. */
export interface Answer {
  readonly status: number;
  /** As it travelled. */
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What happened in a case, for whoever looks at the outcome. */
export interface Happening {
  readonly answers: Answer[];
  /** What is known at once, by the key under which a case expects it. */
  readonly facts: Record<string, unknown>;
}

/** Something that happens, and where. */
export interface Stage {
  readonly world: World;
  readonly given: Given;
  readonly happening: Happening;
}

/** Everything that an outcome is judged by. */
export type Judged = Stage & Happening;
