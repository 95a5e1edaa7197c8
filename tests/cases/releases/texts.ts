import { AssertionError } from 'node:assert/strict';

/**
 * Compares an error's body: its structure exactly, its texts by what they say, because our words are our own. `sent` is
 * what was asked for.
 * @throws AssertionError with both
 */
export function refusedAs(actual: unknown, expected: unknown, sent: unknown): void {
  const values = leaves(sent).filter((value) => value !== '');
  if (!saysTheSame(actual, expected, values)) throw new AssertionError({ actual, expected, message: 'not refused so' });
}

function saysTheSame(actual: unknown, expected: unknown, values: readonly string[]): boolean {
  if (typeof expected === 'string') return typeof actual === 'string' && says(actual, expected, values);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((one, index) => saysTheSame(actual[index], one, values))
    );
  }
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  if (typeof actual !== 'object' || actual === null) return false;
  const found = actual as Record<string, unknown>;
  // A code for programs is no text: it is theirs and ours to the letter. What we add beside it does no harm.
  const isCoded = 'code' in expected;
  if (!isCoded && Object.keys(found).some((key) => !(key in expected))) return false;
  return Object.entries(expected).every(([key, value]) =>
    key === 'code' ? found[key] === value : saysTheSame(found[key], value, values),
  );
}

/**
 * Whether our text says what theirs says: it begins with it or contains it, or names all that theirs names: what was sent,
 * what stands in quotes, and numbers.
 */
function says(ours: string, theirs: string, values: readonly string[]): boolean {
  const bare = theirs.replace(/\.$/, '');
  if (ours.toLowerCase().includes(bare.toLowerCase())) return true;
  if (ours.trim() === '') return false;
  const named = [
    ...values.filter((value) => value.length > 2 && theirs.includes(value)),
    ...[...theirs.matchAll(/"([^"]+)"/g)].map(([, quoted = '']) => quoted),
    ...[...theirs.matchAll(/\b\d+\b/g)].map(([number]) => number),
  ];
  return named.every((name) => ours.includes(name));
}

function leaves(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return value === undefined || value === null ? [] : [String(value)];
}
