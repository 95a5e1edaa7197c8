import type { Given } from './given.ts';

/** A case as far as a deviation has to know it. */
export interface Told {
  readonly given: Given;
  readonly when: Readonly<Record<string, unknown>>;
  readonly then: Readonly<Record<string, unknown>>;
}

/** Where we decided otherwise: which cases it touches, and what is expected of us instead. */
interface Deviation {
  readonly reason: string;
  /** Undefined when it does not touch the case. */
  instead(told: Told): Readonly<Record<string, unknown>> | undefined;
}

/** By rule and not by name, so that they hold for cases that nobody here has seen. */
const deviations: readonly Deviation[] = [
  {
    reason: 'how many blocks a message of ours has is our own affair',
    instead({ then: { blocks, ...then } }) {
      return typeof blocks === 'number' ? then : undefined;
    },
  },
];

/** The deviations that touch a case, each with what is expected instead. */
export function deviationsOf(told: Told): { readonly reason: string; readonly then: Record<string, unknown> }[] {
  return deviations.flatMap(({ reason, instead }) => {
    const then = instead(told);
    return then === undefined ? [] : [{ reason, then }];
  });
}
