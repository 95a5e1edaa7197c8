import { describe, expect, it } from 'vitest';
import { testClock, testStart } from '../../tests/support/test-app.ts';
import { expiringCache } from './expiring-cache.ts';

describe('an expiring cache', () => {
  it('keeps a value for its time', () => {
    const clock = testClock(testStart);
    const cache = expiringCache<number>({ clock, maxAgeMs: 1_000, maxEntries: 2 });
    cache.set('a', 1);
    clock.advance(999);
    expect(cache.get('a')).toBe(1);
    clock.advance(1);
    expect(cache.get('a')).toBeUndefined();
  });

  it('forgets the oldest when it is full, and counts a new value as new', () => {
    const cache = expiringCache<number>({ clock: testClock(testStart), maxAgeMs: 1_000, maxEntries: 2 });
    cache.set('a', 1);
    cache.set('b', 2);
    cache.set('a', 3);
    cache.set('c', 4);
    expect(['a', 'b', 'c'].map(cache.get)).toEqual([3, undefined, 4]);
  });

  it('changes a value without keeping it any longer, and adds none', () => {
    const clock = testClock(0);
    const cache = expiringCache<string>({ clock, maxAgeMs: 60, maxEntries: 2 });
    cache.set('a', 'one');
    clock.advance(30);
    cache.replace('a', 'two');
    cache.replace('b', 'three');
    expect([cache.get('a'), cache.get('b')]).toEqual(['two', undefined]);
    clock.advance(30);
    expect(cache.get('a')).toBeUndefined();
    cache.replace('a', 'four');
    expect(cache.get('a')).toBeUndefined();
  });
});
