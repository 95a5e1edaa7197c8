import { describe, expect, it } from 'vitest';
import { UniqueCounter } from './unique-counter.ts';

describe('a counter of different members', () => {
  it.each([0, 1, 999, 1_000])('counts %d members exactly', (size) => {
    expect(counterOf(0, size).count()).toBe(size);
  });

  it.each([1_001, 2_000, 10_000, 60_000, 200_000])('counts %d members within two per cent', (size) => {
    const count = counterOf(0, size).count();
    expect(Math.abs(count - size) / size).toBeLessThanOrEqual(0.02);
  });

  it('does not mind the same member again', () => {
    const counter = counterOf(0, 5_000);
    const before = counter.count();
    counter.merge(counterOf(0, 5_000));
    counter.add('member 7');
    expect(counter.count()).toBe(before);
  });

  it.each([[[0, 400, 300, 900]], [[0, 800, 800, 1_600]], [[0, 5_000, 4_000, 9_000]], [[0, 5_000, 4_900, 5_100]]])(
    'merges to what all members in one give, in either order: %j',
    ([a = 0, b = 0, c = 0, d = 0]) => {
      const whole = counterOf(a, b);
      for (let index = c; index < d; index += 1) whole.add(`member ${index}`);
      const [one, other] = [counterOf(a, b), counterOf(c, d)];
      one.merge(counterOf(c, d));
      other.merge(counterOf(a, b));
      expect([one.count(), other.count()]).toEqual([whole.count(), whole.count()]);
    },
  );
});

function counterOf(from: number, until: number): UniqueCounter {
  const counter = new UniqueCounter();
  for (let index = from; index < until; index += 1) counter.add(`member ${index}`);
  return counter;
}
