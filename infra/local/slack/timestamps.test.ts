import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimestamps, isTimestamp } from './timestamps.ts';

test('a timestamp is seconds, a dot and six digits', () => {
  const next = createTimestamps(() => 1_700_000_000_000);
  expect([next(), next()]).toEqual(['1700000000.000100', '1700000000.000200']);
});

test('timestamps grow whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1_000_000_000_000, max: 9_000_000_000_000 }), { minLength: 2 }), (times) => {
      const left = [...times];
      const next = createTimestamps(() => left.shift() ?? 0);
      const made = times.map(() => next());
      expect(made.every(isTimestamp)).toBe(true);
      expect(made.every((ts, index) => index === 0 || ts > (made[index - 1] ?? ''))).toBe(true);
    }),
  );
});
