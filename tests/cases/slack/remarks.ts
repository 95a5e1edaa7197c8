/** What of a case cannot be asked of us, and why. */
interface Gap {
  readonly reason: string;
  /** What is left to be asked; undefined where the case has no such thing. */
  left(then: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined;
}

const gaps: readonly Gap[] = [
  {
    reason: 'there are no pages to explore events with, so that no link leads to one',
    left: ({ type, args: _, ...then }) => (type === 'discover' ? { ...then, type: null } : undefined),
  },
];

/** What of a case cannot be asked of us and why, and what is left to be asked. */
export function notExpressed(then: Readonly<Record<string, unknown>>): {
  readonly reason?: string;
  readonly left: Readonly<Record<string, unknown>>;
} {
  for (const { reason, left } of gaps) {
    const rest = left(then);
    if (rest !== undefined) return { reason, left: rest };
  }
  return { left: then };
}
