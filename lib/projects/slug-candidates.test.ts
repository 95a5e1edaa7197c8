import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomText } from '../platform/random-text.ts';
import { isSlug } from '../platform/slug.ts';
import { isKnownPlatform } from './platforms.ts';
import { isReservedSlug } from './reserved-slugs.ts';
import { slugCandidates, slugify } from './slug-candidates.ts';

/** Nothing random about it: the first character of the alphabet, as often as is asked. */
const firstOf: RandomText = (alphabet, length) => (alphabet[0] ?? '').repeat(length);

describe('a slug from a name', () => {
  it.each([
    ['Web', 'web'],
    ['  My  Über-App! ', 'my-uber-app'],
    ['snake_case', 'snake_case'],
    ['a - b', 'a-b'],
    ['--a--', 'a'],
    ['日本', ''],
    ['x'.repeat(60), 'x'.repeat(50)],
    [`${'x'.repeat(49)} y`, 'x'.repeat(49)],
    ['acme/app@2', 'acmeapp2'],
  ])('%j is %j', (name, slug) => {
    expect(slugify(name)).toBe(slug);
  });

  it('grows a random ending, ever longer, and gives up at last', () => {
    const candidates = [...slugCandidates('Web', firstOf)];
    expect(candidates.map((candidate) => candidate.length - 'web'.length)).toEqual([
      0,
      1 + 2,
      ...Array<number>(5).fill(1 + 3),
      ...Array<number>(20).fill(1 + 5),
      1 + 12,
    ]);
    expect(candidates[1]).toBe('web-aa');
  });

  it('keeps a long name short enough for its ending', () => {
    const candidates = [...slugCandidates('x'.repeat(60), firstOf)];
    expect(candidates.map(({ length }) => length)).toEqual(Array<number>(28).fill(50));
  });

  it('never is only digits', () => {
    expect(slugCandidates('1234', firstOf).next().value).toBe('1234-aa');
  });

  it.each([['Settings'], ['API keys'], ['日本'], ['$all!'], ['---']])(
    'is random where %j says nothing usable',
    (name) => {
      const hex: RandomText = (alphabet, length) => alphabet.slice(-length);
      const expected = name === '$all!' ? 'all' : '456789abcdef';
      expect(slugCandidates(name, hex).next().value).toBe(expected);
    },
  );

  it('is not reserved by its ending either', () => {
    const log: RandomText = (_, length) => 'log'.padEnd(length, 'x').slice(0, length);
    expect([...slugCandidates('Audit', log)]).not.toContain('audit-log');
  });

  it('is a slug, and never reserved, whatever the name and the chance', () => {
    const anyText = fc.infiniteStream(fc.nat()).map(
      (numbers): RandomText =>
        (alphabet, length) =>
          Array.from({ length }, () => alphabet[(numbers.next().value ?? 0) % alphabet.length]).join(''),
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('settings', 'audit', 'Rate Limits', '0')),
        anyText,
        (name, random) => {
          const candidates = [...slugCandidates(name, random)];
          expect(candidates.length).toBeGreaterThanOrEqual(20);
          for (const slug of candidates) expect(isSlug(slug) && !isReservedSlug(slug), slug).toBe(true);
        },
      ),
    );
  });
});

describe('a platform', () => {
  it.each([['python'], ['python-django'], ['javascript-react'], ['other']])('%s is known', (platform) => {
    expect(isKnownPlatform(platform)).toBe(true);
  });

  it.each([['fake platform'], ['fake'], ['Python'], [''], ['python-'], ['-python'], [`python-${'x'.repeat(60)}`]])(
    '%j is not',
    (platform) => {
      expect(isKnownPlatform(platform)).toBe(false);
    },
  );
});
