import fc from 'fast-check';
import { quote } from '../../lib/metrics/mql/print-query.ts';
import type { Filter, Operand, Query } from '../../lib/metrics/mql/syntax-tree.ts';
import { isWildcard } from '../../lib/metrics/mql/tokens.ts';

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const tag = fc.stringMatching(/^[A-Za-z0-9_.]{1,8}$/);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('\\', '"', '\\"', '\n', 'a*', '', '$x'),
);
const number = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => (value === 0 ? 0 : value)),
  fc.integer(),
);
const parameter = fc.oneof(number.map(Math.abs), text);

const condition: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    tag,
    operator: fc.constantFrom('=' as const, '!=' as const),
    // The language has no way to say that a star at the end of a word is just a star.
    value: text.filter((value) => !isWildcard(quote(value))),
  }),
  fc.record({
    tag,
    operator: fc.constantFrom('LIKE' as const, 'NOT LIKE' as const),
    value: tag.map((one) => `${one}*`),
  }),
  fc.record({
    tag,
    operator: fc.constantFrom('IN' as const, 'NOT IN' as const),
    value: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
);

const filter = fc.letrec<{ filter: Filter }>((tie) => {
  const members = fc.array(tie('filter'), { minLength: 2, maxLength: 3 });
  return {
    filter: fc.oneof({ maxDepth: 3 }, condition, fc.record({ and: members }), fc.record({ or: members })),
  };
}).filter;

const metric = fc.oneof(
  fc.stringMatching(/^[a-z_]{1,6}(\.[a-z_]{1,4}){0,2}$/).map((publicName) => ({ publicName })),
  fc.stringMatching(/^[a-z]:[a-z]{1,6}\/[a-z.+ {}-]{1,6}@[a-z{} /]{1,6}$/).map((mri) => ({ mri })),
);
const outside = {
  filters: fc.array(filter, { maxLength: 3 }),
  groupBy: fc.array(tag, { maxLength: 2 }),
};
const timeseries = fc.record({
  kind: fc.constant('timeseries' as const),
  metric,
  aggregate: word,
  parameters: fc.array(parameter, { maxLength: 2 }),
  ...outside,
});

/** Any query, whether it makes sense or not, as reading a text gives it. */
export const anyQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query; operand: Operand }>((tie) => ({
  operand: fc.oneof({ maxDepth: 4 }, tie('query'), number, text),
  query: fc.oneof(
    { maxDepth: 4 },
    timeseries,
    fc.record({
      kind: fc.constant('formula' as const),
      function: fc.oneof(word, fc.constantFrom('plus', 'minus', 'multiply', 'divide', 'negate')),
      parameters: fc.array(parameter, { maxLength: 1 }),
      operands: fc.array(tie('operand'), { minLength: 1, maxLength: 3 }),
      ...outside,
    }),
  ),
})).query;
