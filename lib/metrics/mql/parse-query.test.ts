import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusalError } from '../../platform/errors.ts';
import { queryLimits } from './limits.ts';
import { parseQuery } from './parse-query.ts';
import { QuerySyntaxError } from './query-error.ts';

const equal = (tag: string, value: string) => ({ tag, operator: '=', value });

describe('words of the language', () => {
  it.each([
    ['sum(x){a:b android:c}', [{ and: [equal('a', 'b'), equal('android', 'c')] }]],
    ['sum(x){a:b order:c}', [{ and: [equal('a', 'b'), equal('order', 'c')] }]],
    ['sum(x){a:b or order:c}', [{ or: [equal('a', 'b'), equal('order', 'c')] }]],
    ['sum(x){and:b or:c}', [{ and: [equal('and', 'b'), equal('or', 'c')] }]],
    ['sum(x){a:b AND(c:d)}', [{ and: [equal('a', 'b'), equal('c', 'd')] }]],
    ['sum(x){a:b,c:d or e:f}', [{ or: [{ and: [equal('a', 'b'), equal('c', 'd')] }, equal('e', 'f')] }]],
    ['sum(x){a:"\\\\ \\" \\n"}', [equal('a', '\\ " \\n')]],
  ])('stand alone: %s', (text, filters) => {
    expect(parseQuery(text)).toMatchObject({ filters });
  });

  it.each([
    ['max(d:x/y@ms by foo)', 'd:x/y@ms', ['foo']],
    ['max(d:x/y-z@ms)by(a, b)', 'd:x/y-z@ms', ['a', 'b']],
  ])('leave unquoted ids alone: %s', (text, mri, groupBy) => {
    expect(parseQuery(text)).toMatchObject({ metric: { mri }, groupBy });
  });

  it.each([
    ['sum(d:a/b@none)+1', 'plus'],
    ['sum(d:a/b@none)/sum(d:a/c@none)', 'divide'],
  ])('operators end what is before them: %s', (text, name) => {
    expect(parseQuery(text)).toMatchObject({ kind: 'formula', function: name });
  });
});

describe('a text that is no query', () => {
  it.each([
    ['', 1, 1, 'the end of the query', 'a metric, a function or a number'],
    ['1', 1, 1, '"1"', 'a metric'],
    [' (1)', 1, 2, '"("', 'a metric'],
    ['"a"', 1, 1, '"\\""', 'a metric'],
    ['foo', 1, 1, '"foo"', 'an aggregate'],
    ['d:a/b@none + 1', 1, 1, '"d"', 'an aggregate'],
    ['sum(a)\n + foo', 2, 4, '"foo"', 'an aggregate'],
    ['topK(5)(foo, 1)', 1, 9, '"foo"', 'an aggregate'],
    ['apdex(foo, 300)', 1, 7, '"foo"', 'an aggregate'],
    ['sum(foo', 1, 8, 'the end of the query', 'an operator, "," or ")"'],
    ['sum (foo)', 1, 4, '" "', '"("'],
    ['sum(foo) {a:b}', 1, 10, '"{"', 'an operator or the end of the query'],
    ['sum(foo){a:b,}', 1, 14, '"}"', 'a tag'],
    ['sum(foo){ }', 1, 11, '"}"', 'a tag'],
    ['sum(foo) byx', 1, 10, '"byx"', 'an operator or the end of the query'],
    ['quantiles(0.)(foo)', 1, 12, '"."', 'an operator, "," or ")"'],
    ['quantiles(5ms)(foo)', 1, 12, '"ms"', 'an operator, "," or ")"'],
    ['sum(foo){a:*}', 1, 12, '"*"', 'a value'],
    ['sum(foo){a:b*c}', 1, 13, '"*"', 'a condition or "}"'],
    ['sum(foo){a:[]}', 1, 13, '"]"', 'a value'],
    ['sum(foo){!(a:b)}', 1, 11, '"("', 'a tag'],
    ['sum(foo) by ()', 1, 14, '")"', 'a tag to group by'],
    ['sum(foo) by a, b', 1, 14, '","', 'an operator or the end of the query'],
    ['sum(foo)bya', 1, 9, '"bya"', 'an operator or the end of the query'],
    ['sum(foo){! a:b}', 1, 10, '"!"', 'a tag'],
    ['sum(foo) + - 1', 1, 12, '"-"', 'a metric, a function or a number'],
    ['(1) by a', 1, 5, '"by"', 'an operator or the end of the query'],
    ['sum($x)', 1, 5, '"$x"', 'a metric, a function or a number'],
    ['sum(💥)', 1, 5, '"💥"', 'a metric, a function or a number'],
    ['sum(a) + "💥" + 💥', 1, 16, '"💥"', 'a metric, a function or a number'],
    ['sum(a){"', 1, 8, '"\\""', 'a tag'],
    [`sum(a) + ${'9'.repeat(400)}`, 1, 10, JSON.stringify('9'.repeat(40)), 'a number'],
  ])('%j tells where and what', (text, line, column, found, expected) => {
    const error = refusalOf(text);
    expect(error).toBeInstanceOf(QuerySyntaxError);
    expect(error).toMatchObject({ line, column, found, expected, status: 400 });
    expect(error?.message).toContain(`Line ${line}, column ${column}`);
  });
});

describe('the error of a text that is no query', () => {
  it.each([
    ['foo', 'Say how its values become one'],
    ['topK(5)(foo, 1)', 'topK(5)(…)'],
    ['1', 'A number alone has no series'],
    ['(1){a:b}', 'A number alone has no series'],
    ['"a"', 'A text alone has no series'],
    ['-"a"', 'A text has no negative'],
    [`sum(a) + ${'9'.repeat(400)}`, 'The number is too large'],
    ['sum (foo)', 'Remove the space'],
    ['quantiles(0.5) (foo)', 'Remove the space'],
    ['sum(foo) {a:b}', 'Braces follow without a space'],
    ['f(sum(foo) by a{b:c})', 'Braces follow without a space'],
    ['sum(foo) by a, b', 'write by (a, b)'],
    ['--1', 'A minus stands once'],
    ['- sum(foo)', 'A minus stands once, directly before'],
    ['sum(`a b`)', 'In backquotes stands an id'],
    ['sum(Foo)', 'Metric names are lower-case letters'],
    ['sum($x)', 'Variables are not replaced'],
    ['sum(foo){$x:a}', 'Variables are not replaced'],
    ['sum(foo){!(a:b)}', 'put one before each tag inside'],
    ['sum(foo){! a:b}', 'directly before a tag'],
    ['sum(foo){ }', 'nothing between them: {}'],
    ['sum(foo){a:*}', 'Only one star'],
    ['sum(foo){a:b*c}', 'Only one star'],
    ['sum(foo){(a:b**)}', 'Only one star'],
    ['sum(foo){a:[b*]}', 'Only one star'],
  ])('%j says what helps', (text, hint) => {
    expect(refusalOf(text)?.message).toContain(hint);
  });
});

describe('brackets', () => {
  const inParentheses = (times: number) => `${'('.repeat(times)}sum(x)${')'.repeat(times)}`;

  it('stand in each other as often as the limit says', () => {
    expect(parseQuery(inParentheses(queryLimits.nesting - 1))).toEqual(parseQuery('sum(x)'));
    expect(refusalOf(inParentheses(queryLimits.nesting))?.message).toContain(`at most ${queryLimits.nesting} times`);
  });

  it('are counted while they are open only', () => {
    const text = `f(${Array.from({ length: queryLimits.nesting / 2 }, () => 'sum(x{a:[b]})').join(', ')})`;
    expect(parseQuery(text)).toMatchObject({ kind: 'formula', function: 'f' });
  });
});

describe('hostile text', () => {
  const many = (text: string, times: number) => text.repeat(times);

  it.each([
    ['parentheses', `${many('(', 8_000)}sum(x)${many(')', 8_000)}`],
    ['calls', `${many('f(', 5_000)}sum(x)${many(')', 5_000)}`],
    ['conditions in parentheses', `sum(x){${many('(', 8_000)}a:b${many(')', 8_000)}}`],
    ['a long chain', `sum(x)${many('+1', 100)}`],
    ['many operands', `f(${many('1,', 600)}sum(x))`],
    ['many conditions', `sum(x){${many('a:b,', 600)}a:b}`],
    ['a megabyte', many('sum(', 250_000)],
    ['a megabyte of brackets', many('f({[', 250_000)],
    // Each also as long as a query may be, so that it is looked at.
    ...['-', '{{{{', '"', '\\"', '`', 'sum(x){a:', 'a.a.a.', 'd:a/', 'q(a, ', 'q(a ', '0', ' \n', 'by ', 'é'].flatMap(
      (piece): [string, string][] => [
        [`a megabyte of ${JSON.stringify(piece)}`, many(piece, 1_000_000 / piece.length)],
        [`much of ${JSON.stringify(piece)}`, many(piece, queryLimits.characters / piece.length)],
        [`much of ${JSON.stringify(piece)} in a filter`, `sum(x){a:${many(piece, 16_000 / piece.length)}`],
        [`much of ${JSON.stringify(piece)} in a call`, `f(${many(piece, 16_000 / piece.length)}`],
      ],
    ),
  ])('is refused at once: %s', (_, text) => {
    const before = process.threadCpuUsage();
    expect(refusalOf(text)).toBeInstanceOf(RefusalError);
    // What others do on this machine in the meantime does not count.
    expect(process.threadCpuUsage(before).user).toBeLessThan(60_000);
  });

  it('is either a query or refused, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const one of [text, `sum(x){${text}}`, `sum(${text})`, `quantiles(${text})(x)`, `sum(x) by ${text}`]) {
          const error = refusalOf(one);
          expect(error === undefined || error instanceof RefusalError, one).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is either a query or refused with a place, whatever it is made of', () => {
    const pieces = [
      'sum',
      'x',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '"',
      '`',
      ' ',
      '\n',
      ',',
      ':',
      '*',
      '!',
      '-',
      '+',
      '/',
      '1',
      '.',
      '$',
      'by',
      'AND',
      'or',
      '\\',
      'd:a/b@c',
      '\u0000',
      '\ud800',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        const error = refusalOf(parts.join(''));
        expect(error === undefined || error instanceof RefusalError).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is never longer than the limit', () => {
    expect(refusalOf(`sum(x)${' '.repeat(queryLimits.characters)}`)).toBeInstanceOf(RefusalError);
  });
});

function refusalOf(text: string): Error | undefined {
  try {
    parseQuery(text);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
