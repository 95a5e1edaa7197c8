import { messages } from './messages.ts';
import type { ShownTold } from './outages/show-told.ts';
import type { ReadingDifficulty } from './reading-difficulty.ts';

/** That a rule's metric cannot be read as usual. */
export interface ShownDifficulty {
  readonly reads: ReadingDifficulty['reads'];
  readonly since: string;
  /** Why, and what to do about it. */
  readonly reason: string;
  /** Who was told that it is so. */
  readonly told: readonly ShownTold[];
}

/** Says what is difficult about reading a rule's metric, for people. */
export function showDifficulty(
  { reads, because, since }: ReadingDifficulty,
  told: readonly ShownTold[] = [],
): ShownDifficulty {
  return { reads, since, reason: messages.difficulties[reads === 'hours' ? reads : because], told };
}
