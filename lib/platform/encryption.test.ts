import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealBrokenError, seal, unseal } from './encryption.ts';

const key = 'a key of this installation';

describe('sealing', () => {
  it('gives any text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
        expect(unseal(seal(text, key, purpose), key, purpose)).toBe(text);
      }),
    );
  });

  it('never gives the same sealed text twice', () => {
    expect(seal('token', key, 'p')).not.toBe(seal('token', key, 'p'));
  });

  it.each([
    ['another key', (sealed: string) => unseal(sealed, 'the key of somebody else', 'p')],
    ['another purpose', (sealed: string) => unseal(sealed, key, 'q')],
    ['changed bytes', (sealed: string) => unseal(`${sealed.slice(0, -2)}AA`, key, 'p')],
    ['a cut text', (sealed: string) => unseal(sealed.slice(0, 12), key, 'p')],
    ['an empty key', (sealed: string) => unseal(sealed, '', 'p')],
  ])('does not open with %s', (_, open) => {
    expect(() => open(seal('xoxb-secret-token', key, 'p'))).toThrow(SealBrokenError);
  });
});
