import { describe, expect, it } from 'vitest';
import { normaliseTags } from './normalise-tags.ts';

const many = (count: number, prefix = 't') =>
  Array.from({ length: count }, (_, index): [string, string] => [`${prefix}${index}`, 'x']);

describe('tags', () => {
  it('are cut to what is kept, without half a character at the end', () => {
    expect(
      normaliseTags([
        ['a', 'x'.repeat(300)],
        ['b', `${'x'.repeat(199)}👍`],
      ]),
    ).toEqual({ a: 'x'.repeat(200), b: `${'x'.repeat(199)}\ufffd` });
  });

  it('have the later value where a name comes twice', () => {
    expect(
      normaliseTags([
        ['a', '1'],
        ['a', '2'],
      ]),
    ).toEqual({ a: '2' });
  });

  it('are 32 at most, and those that are nice to have fill what is left', () => {
    expect(normaliseTags(many(33))).toBe('too_many_tags');
    const filled = normaliseTags(many(31), [['t0', 'other'], ...many(2, 'more')]);
    expect(Object.entries(filled)).toHaveLength(32);
    expect(filled).toMatchObject({ t0: 'x', more0: 'x' });
  });

  it.each(['', 'x'.repeat(201)])('have names: %j is refused, and left out of what is nice to have', (name) => {
    expect(normaliseTags([[name, 'x']])).toBe('tag_name');
    expect(normaliseTags([], [[name, 'x']])).toEqual({});
  });

  it('may have any name that an object may have', () => {
    expect(Object.entries(normaliseTags([['__proto__', 'x']]))).toEqual([['__proto__', 'x']]);
  });
});
