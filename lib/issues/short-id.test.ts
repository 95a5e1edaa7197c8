import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalShortId, shortId } from './short-id.ts';

describe('a short ID', () => {
  it.each([
    ['web', 1, 'WEB-1'],
    ['web', 31, 'WEB-Z'],
    ['web', 32, 'WEB-10'],
    ['my-app_2', 42, 'MY-APP_2-1A'],
    ['web', Number.MAX_SAFE_INTEGER, 'WEB-7ZZZZZZZZZZ'],
  ])('of %s number %d is %s', (slug, number, text) => {
    expect(shortId(slug, number)).toBe(text);
  });

  it.each([
    ['web-1a', 'WEB-1A'],
    ['WEB-1O', 'WEB-10'],
    ['web-i', 'WEB-1'],
    ['web-001', 'WEB-1'],
    ['my-app-l2', 'MY-APP-12'],
  ])('is understood as %s', (typed, canonical) => {
    expect(canonicalShortId(typed)).toBe(canonical);
  });

  it.each(['', 'web', 'web-', '-1', 'web-u', 'web-1 ', 'wéb-1', 'web-0', 'web/1', `${'x'.repeat(51)}-1`])(
    'is not %j',
    (text) => {
      expect(canonicalShortId(text)).toBeUndefined();
    },
  );

  it('is its own canonical spelling', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9_-]{1,50}$/),
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        (slug, number) => {
          const text = shortId(slug, number);
          expect(canonicalShortId(text)).toBe(text);
          expect(canonicalShortId(text.toLowerCase())).toBe(text);
        },
      ),
    );
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 60])('has no number %d', (number) => {
    expect(() => shortId('web', number)).toThrow(RangeError);
  });
});
