import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidFieldsError } from '../platform/errors.ts';
import { issueLevels, issueStatuses } from './issue-words.ts';
import { type IssueQuery, parseIssueQuery } from './parse-issue-query.ts';

const nothing: IssueQuery = { statuses: [], forReview: false, levels: [], releases: [], texts: [] };

describe('a query', () => {
  it.each<[string, Partial<IssueQuery>]>([
    ['', {}],
    ['  is:unresolved ', { statuses: ['unresolved'] }],
    ['is:for_review level:fatal', { forReview: true, levels: ['fatal'] }],
    ['release:web@1.0+7 is:ignored', { releases: ['web@1.0+7'], statuses: ['ignored'] }],
    ['release:"web 1.0 beta" cart', { releases: ['web 1.0 beta'], texts: ['cart'] }],
    ['TypeError: cart undefined', { texts: ['TypeError:', 'cart', 'undefined'] }],
    ['"is:resolved" "say \\"hi\\""', { texts: ['is:resolved', 'say "hi"'] }],
  ])('%j is understood', (text, query) => {
    expect(parseIssueQuery(text)).toEqual({ ...nothing, ...query });
  });

  it.each<[string, RegExp]>([
    ['is:open', /is:unresolved, is:resolved/],
    ['level:bad', /fatal, error/],
    ['assigned:me', /no "assigned:"/],
    ['!is:resolved', /exclamation mark/],
    ['is: resolved', /after "is:"/],
    ['release:', /after "release:"/],
    ['release:""', /after "release:"/],
    ['"open', /quotation mark/],
    ['x'.repeat(1_001), /1,000/],
  ])('%j is refused', (text, message) => {
    expect(() => parseIssueQuery(text)).toThrow(
      expect.objectContaining({ fields: { query: [expect.stringMatching(message)] } }) as Error,
    );
  });

  it('is understood or refused, whatever it is', () => {
    const pieces = fc.constantFrom('is:', '"', ' ', ':', '!', '\\', 'level:', 'error', 'release:', 'a', 'é', '\n');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (query) => {
        try {
          parseIssueQuery(query);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidFieldsError);
        }
      }),
    );
  });

  it('says what was put into it', () => {
    const value = fc.string({ minLength: 1, maxLength: 20 });
    const query = fc.record({
      statuses: fc.array(fc.constantFrom(...issueStatuses), { maxLength: 2 }),
      forReview: fc.boolean(),
      levels: fc.array(fc.constantFrom(...issueLevels), { maxLength: 2 }),
      releases: fc.array(value, { maxLength: 2 }),
      texts: fc.array(value, { maxLength: 3 }),
    });
    const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
    fc.assert(
      fc.property(query, (wanted) => {
        const text = [
          ...wanted.statuses.map((status) => `is:${status}`),
          ...(wanted.forReview ? ['is:for_review'] : []),
          ...wanted.levels.map((level) => `level:${level}`),
          ...wanted.releases.map((release) => `release:${quoted(release)}`),
          ...wanted.texts.map(quoted),
        ].join(' ');
        expect(parseIssueQuery(text)).toEqual(wanted);
      }),
    );
  });
});
