import { messages } from './messages.ts';
import type { ReadingDifficulty } from './reading-difficulty.ts';

/** That a rule's metric cannot be read as usual. */
export interface ShownDifficulty {
  readonly reads: ReadingDifficulty['reads'];
  readonly since: string;
  /** Why, and what to do about it. */
  readonly reason: string;
}

/** Says what is difficult about reading a rule's metric, for people. */
export function showDifficulty({ reads, because, since }: ReadingDifficulty): ShownDifficulty {
  return { reads, since, reason: messages.difficulties[reads === 'hours' ? reads : because] };
}
