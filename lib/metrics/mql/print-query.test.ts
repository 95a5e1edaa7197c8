import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyQuery } from '../../../tests/support/any-query.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';

describe('a printed query', () => {
  it('reads as the same query, whatever is in it', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        expect(parseQuery(printQuery(query))).toEqual(query);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['sum(x{b:1}){a:1}', 'sum(x{b:"1"}){a:"1"}'],
    ['((sum(x{c:1})){b:1}){a:1} by d', '(sum(x{c:"1"}){b:"1"}){a:"1"} by (d)'],
    ['sum(`d:a/b@ms by foo`)', 'sum(`d:a/b@ms by foo`)'],
    ['sum(`d:a/b@ms`)', 'sum(d:a/b@ms)'],
    ['top("a b", c, 5)(x)', 'top("a b", "c", 5.0)(x)'],
    ['-sum(x) - -1', '(-(sum(x)) - -1.0)'],
    ['sum(x) * 0.0000000001', '(sum(x) * 0.0000000001)'],
    ['sum(x) + 1000000000000000000000000', '(sum(x) + 1000000000000000000000000.0)'],
    ['plus(sum(a), sum(b), sum(c))', 'plus(sum(a), sum(b), sum(c))'],
    ['negate(1)', 'negate(1.0)'],
  ])('%s reads %s', (text, printed) => {
    expect(printQuery(parseQuery(text))).toBe(printed);
  });
});
