import { describe, expect, inject, it } from 'vitest';
import { runCase } from '../run-case.ts';

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const parse = { id: 'x-1', area: 'mql-parse', given: {} };
const series = (fields: object) => ({ kind: 'timeseries', metric: { public_name: 'x' }, aggregate: 'sum', ...fields });

describe('the adapters of the query language', () => {
  it.each([
    [
      'a tag that begins like a word',
      'sum(x){a:b android:c}',
      { filters: [{ and: [equal('a', 'b'), equal('roid', 'c')] }] },
      'sum(x){(a:"b" AND roid:"c")}',
    ],
    ['a doubled backslash', 'sum(x){a:"\\\\"}', { filters: [equal('a', '\\\\')] }, 'sum(x){a:"\\\\\\\\"}'],
    ['a dropped argument', 'sum(5)(x, 1)', { aggregate_params: [5] }, 'sum(5.0)(x)'],
    ['a missing aggregate', 'x', { aggregate: 'AGGREGATE_PLACEHOLDER' }, 'AGGREGATE_PLACEHOLDER(x)'],
    ['a tag that touches its word', 'sum(x) bya', { groupby: ['a'] }, 'sum(x) by (a)'],
    [
      'two of these at once',
      'max(d:a/b@ms ){a:b andc:d}',
      {
        aggregate: 'max',
        metric: { mri: 'd:a/b@ms ' },
        filters: [{ and: [equal('a', 'b'), equal('c', 'd')] }],
      },
      'max(d:a/b@ms ){(a:"b" AND c:"d")}',
    ],
    ['a line break', 'sum(x){a:"\n"}', { filters: [equal('a', '\n')] }, 'sum(x){a:"\\n"}'],
    ['other words for the same', 'sum(x){a:"b"}', { filters: [equal('a', 'b')] }, 'sum( x ){a:b}'],
    ['an exponent', 'sum(0.00001)(x)', { aggregate_params: [0.000_01] }, 'sum(1e-05)(x)'],
    ['many digits', 'sum(10000000000000000)(x)', { aggregate_params: [1e16] }, 'sum(1e+16)(x)'],
    [
      'tags that begin like words, where one touches its word',
      'sum(x){bytes:a andand_x:"and by:c"} bybytes',
      { filters: [{ and: [equal('bytes', 'a'), equal('and_x', 'and by:c')] }], groupby: ['bytes'] },
      'sum(x){(bytes:"a" AND and_x:"and by:c")} by (bytes)',
    ],
  ])('say why we differ about %s', async (_, mql, fields, printed) => {
    const then = { ok: series(fields), valid: true, printed };
    const result = await runCase({ ...parse, when: { mql }, then }, engines);
    expect(result, result.report).toMatchObject({ passed: true, differsOnPurpose: expect.any(String) });
  });

  it.each([
    ['an id that swallows what follows', 'mql-parse', { mql: 'max(d:x/y@ms by (foo))' }, { error: 'E' }],
    ['a tag that is called like a word', 'mql-parse', { mql: 'sum(x){a:b and:c}' }, { error: 'E' }],
    ['a sign of per cent', 'mql-format', { field: 'avg(d:custom/x@percent)', value: '85' }, textOf('avg(x)', '85.0')],
    [
      'a size below their step',
      'mql-format',
      { field: 'avg(d:custom/x@byte)', value: '1023' },
      textOf('avg(x)', '1023.0 B'),
    ],
    [
      'sizes that they count in the other steps',
      'mql-format',
      { field: 'avg(d:custom/x@mebibyte)', value: '1' },
      textOf('avg(x)', '976.56 KB'),
    ],
    ['half of a digit', 'mql-format', { field: 'count(c:custom/x@none)', value: '1.005' }, textOf('count(x)', '1')],
    ['a large number', 'mql-format', { field: 'sum(d:custom/x@none)', value: '1e20' }, textOf('sum(x)', '1e+20')],
    [
      'a text deep inside',
      'mql-parse',
      { mql: 'sum(x) + sum("y")' },
      {
        ok: {
          kind: 'formula',
          function: 'plus',
          parameters: [series({}), { kind: 'formula', function: 'sum', parameters: ['y'] }],
        },
        valid: true,
      },
    ],
  ])('say that we differ on purpose about %s', async (_, area, when, then) => {
    const result = await runCase({ ...parse, area, when, then }, engines);
    expect(result, result.report).toMatchObject({ passed: true, differsOnPurpose: expect.any(String) });
  });

  it.each([
    ['derived metrics', { field: 'avg(e:sessions/x@ratio)', value: '1' }, textOf('avg(x)', '1.0')],
    ['values that are no numbers', { field: 'avg(d:sessions/x@ratio)', value: 'much' }, { error: 'E' }],
  ])('say that there are no %s', async (_, when, then) => {
    const result = await runCase({ id: 'x-3', area: 'mql-format', given: {}, when, then }, engines);
    expect(result).toMatchObject({ passed: true, notExpressed: expect.any(String) });
  });

  it.each([
    ['another tree', { ...parse, when: { mql: 'sum(x)' }, then: { ok: series({ aggregate: 'max' }), valid: true } }],
    ['another validity', { ...parse, when: { mql: 'sum(x)' }, then: { ok: series({}), valid: false } }],
    [
      'another printed form',
      { ...parse, when: { mql: 'sum(x)' }, then: { ok: series({}), valid: true, printed: 'x' } },
    ],
    ['an error that does not come', { ...parse, when: { mql: 'sum(x)' }, then: { error: 'E' } }],
    ['an error that nobody means', { ...parse, when: { mql: 'sum(x' }, then: { ok: series({}), valid: true } }],
    [
      'a value that nobody shows so',
      {
        ...parse,
        area: 'mql-format',
        when: { field: 'avg(d:custom/x@byte)', value: '9' },
        then: textOf('avg(x)', '1 KB'),
      },
    ],
  ])('fail on %s', async (_, testCase) => {
    expect(await runCase(testCase, engines)).toMatchObject({ passed: false });
  });
});

function textOf(label: string, value: string) {
  return { label, value };
}

function equal(tag: string, value: string) {
  return { tag, op: '=', value };
}
