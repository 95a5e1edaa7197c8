import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mri, parseMri, parsePublicName, publicName } from './metric-name.ts';

describe('the name of a metric', () => {
  it.each([
    ['checkout.errors@none', 'c:custom/checkout.errors@none', 'checkout.errors@none'],
    ['checkout.errors', 'c:custom/checkout.errors@none', 'checkout.errors@none'],
    ['Upload_Size-2@kibibyte', 'c:custom/Upload_Size-2@kibibyte', 'Upload_Size-2@kibibyte'],
    ['transactions/duration@millisecond', 'c:transactions/duration@millisecond', 'transactions/duration@millisecond'],
    ['custom/duration', 'c:custom/duration@none', 'duration@none'],
  ])('%s is stored as %s and shown as %s', (text, stored, shown) => {
    const name = parsePublicName(text, 'c');
    expect(name && mri(name)).toBe(stored);
    expect(parseMri(stored)).toEqual(name);
    expect(name && publicName(name)).toBe(shown);
  });

  it.each([
    '',
    '@none',
    'a b@none',
    '1st@none',
    'a@',
    'a@b@c',
    'a#b@none',
    'ä@none',
    'a/b/c',
    `${'x'.repeat(151)}@none`,
  ])('%j is none', (text) => {
    expect(parsePublicName(text, 'c')).toBeUndefined();
  });

  it.each(['checkout.errors@none', 'e:custom/a@none', 'c:a@none', 'c:custom/a', 'c:'])('%j is no MRI', (text) => {
    expect(parseMri(text)).toBeUndefined();
  });

  it('is read without trouble from any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = parseMri(`c:custom/${text}`);
        if (name !== undefined) expect(parseMri(mri(name))).toEqual(name);
      }),
    );
  });
});
