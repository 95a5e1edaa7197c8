import { AssertionError } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

/** @throws AssertionError unless both are the same */
export function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) throw new AssertionError({ actual, expected, message: 'not the same' });
}

/** @throws AssertionError unless both have the same members, in whatever order */
export function sameMembers(actual: readonly string[] | undefined, expected: readonly string[]): void {
  same(actual && inOrder(actual), inOrder(expected));
}

/** Texts in the one order that every list of them has. */
export function inOrder(texts: readonly string[]): string[] {
  return texts.toSorted((one, other) => (one < other ? -1 : Number(one > other)));
}

/**
 * Compares what is expected with what came: of objects only the keys that are expected, lists entirely. A key may be a path
 * (`lastDeploy.name`); `set` stands for anything but nothing, `<random hex>` for random digits.
 * @throws AssertionError with both
 */
export function holds(actual: unknown, expected: unknown): void {
  if (!fits(actual, expected)) throw new AssertionError({ actual, expected, message: 'not as expected' });
}

function fits(actual: unknown, expected: unknown): boolean {
  if (expected === 'set') return actual !== undefined && actual !== null;
  if (expected === '<random hex>') return typeof actual === 'string' && /^[0-9a-f]{12,}$/.test(actual);
  if (expected === null) return actual === null || actual === undefined;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((one, index) => fits(actual[index], one))
    );
  }
  if (typeof expected !== 'object') return actual === expected;
  return Object.entries(expected).every(([path, value]) => fits(at(actual, path), value));
}

function at(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = value as Record<string, unknown>;
  if (path in found) return found[path];
  const dot = path.indexOf('.');
  return dot < 0 ? undefined : at(found[path.slice(0, dot)], path.slice(dot + 1));
}
