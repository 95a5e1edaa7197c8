import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referencedIssues } from './referenced-issues.ts';

describe('a commit message fixes', () => {
  it.each<[string, string[]]>([
    ['Fixes FOO-1', ['FOO-1']],
    ['Closed FOO-1 and BAR-2', ['FOO-1', 'BAR-2']],
    ['prefixes FOO-1', []],
    ['Fixes FOO-1. See BAR-2', ['FOO-1']],
    ['Fixing FOO-1', []],
    ['fix FOO-1 (BAR-2)', ['FOO-1']],
    ['Foo Biz\n\nFixes FOO-12F', ['FOO-12F']],
    ['fixes WEB-1, WEB-2 and API-3', ['WEB-1', 'WEB-2', 'API-3']],
    ['fixes WEB-1, WEB-2, and #API-3 & my-app_2-1a', ['WEB-1', 'WEB-2', 'API-3', 'MY-APP_2-1A']],
    ['Fixes: WEB-1', ['WEB-1']],
    ['resolves web-1 WEB-1 api-2', ['WEB-1', 'API-2']],
    ['close WEB-1; resolved API-2', ['WEB-1', 'API-2']],
    ['fixes WEB-1, see API-2', ['WEB-1']],
    ['fixes nothing, mentions WEB-1', []],
    ['fixes WEB-1-', []],
    ['fixes WEB-1é', []],
    ['', []],
  ])('%j: %j', (message, ids) => {
    expect(referencedIssues(message)).toEqual(ids);
  });

  // The known system reads these otherwise: it takes everything in the run of words for a reference, and no number sign.
  it.each<[string, string[]]>([
    ['Fix typo in FOO-1 docs', []],
    ['Fix: a bug\nRelated to BAR-2', []],
    ['fixes\nFOO-1', []],
    ['fixes FOO-1,\nBAR-2', ['FOO-1']],
    ['fixes #FOO-1', ['FOO-1']],
    ['this fixes #FOO-1', ['FOO-1']],
  ])('what we do instead for %j: %j', (message, ids) => {
    expect(referencedIssues(message)).toEqual(ids);
  });

  it('fifty at most, the first ones', () => {
    const ids = Array.from({ length: 80 }, (_, index) => `WEB-${index + 1}`);
    const spread = ids.map((id) => `fixes ${id} and ${id}`);
    for (const message of [`fixes ${ids.join(', ')}`, spread.join('\n')]) {
      expect(referencedIssues(message)).toEqual(ids.slice(0, 50));
    }
  });

  const word = fc.constantFrom('fix', 'Fixes', 'FIXED', 'close', 'closes', 'closed', 'resolve', 'resolves', 'resolved');
  const id = fc.tuple(fc.stringMatching(/^[A-Z][A-Z_-]{0,20}$/), fc.stringMatching(/^[1-9A-HJKMNP-TV-Z]{1,8}$/));
  const ids = fc.uniqueArray(
    id.map((parts) => parts.join('-')),
    { minLength: 1, maxLength: 5 },
  );

  it('every list behind every keyword, however it is separated', () => {
    fc.assert(
      fc.property(
        word,
        fc.constantFrom(' ', ': ', '  '),
        fc.constantFrom(', ', ' and ', ', and ', ' '),
        ids,
        (...made) => {
          const [keyword, gap, separator, list] = made;
          expect(referencedIssues(`A change that ${keyword}${gap}${list.join(separator)}.`)).toEqual(list);
          expect(referencedIssues(`${keyword} things in ${list.join(separator)}`)).toEqual([]);
        },
      ),
    );
  });

  it('nothing twice, whatever it says, and long ones are read in no time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const found = referencedIssues(`fixes A-1 ${message} fixes ${message}`);
        expect(new Set(found).size).toBe(found.length);
        expect(found[0]).toBe('A-1');
      }),
    );
    for (const part of ['fix ', 'fixes A-1 ', '   ', 'A-', 'fixes -', ',']) {
      expect(referencedIssues(`fixes ${part.repeat(100_000)}`).length).toBeLessThan(2);
    }
  });
});
