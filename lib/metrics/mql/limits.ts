/**
 * What a query may be at most, so that text from outside neither exhausts the stack nor the time. Whoever writes queries by
 * hand stays far below. Printing adds parentheses, so more may be nested in the text than in the query that it means.
 */
export const queryLimits = {
  characters: 16_384,
  /** Series, numbers and texts. */
  operands: 500,
  conditions: 500,
  /** How deep formulas stand in each other, chains of operators included, and their filters. */
  depth: 64,
  /** Parentheses, braces and square brackets in each other. */
  nesting: 256,
  /** Values of intervals that zeros are put into where there is no other. */
  filled: 200_000,
} as const;
