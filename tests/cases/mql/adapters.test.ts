import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { runCase } from '../run-case.ts';

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const parse = { id: 'x-1', area: 'mql-parse', given: {} };
const series = (fields: object) => ({ kind: 'timeseries', metric: { public_name: 'x' }, aggregate: 'sum', ...fields });
const hour = { start: '2024-08-12T13:00:00+00:00', end: '2024-08-12T14:00:00+00:00' };
const scope = { org_ids: [1], project_ids: [1] };
const points = { 'd:custom/x@none': [{ time: '2024-08-12T13:05:00+00:00', value: 2, tags: {} }] };
const evaluation = {
  id: 'x-2',
  area: 'mql-eval',
  given: { points },
  when: { mql: 'sum(d:custom/x@none)', ...hour, rollup: { totals: true }, scope },
  then: { rows: [{ aggregate_value: 2 }], row_count: 1 },
};

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

  const division = {
    ...evaluation,
    given: {
      points: {
        'c:custom/a@none': [at('13:00', 2), at('13:01', 3), at('13:02', 8), at('13:03', 4)],
        'c:custom/b@none': [at('13:00', 0), at('13:01', 6), at('13:03', 2)],
      },
    },
    when: { mql: 'sum(c:custom/a@none) / sum(c:custom/b@none)', ...hour, rollup: { interval: 60 }, scope },
  };
  const infinite = { aggregate_value: { special: 'inf' }, time: '2024-08-12T13:00:00+00:00' };
  const half = { aggregate_value: 0.5, time: '2024-08-12T13:01:00+00:00' };
  const double = { aggregate_value: 2, time: '2024-08-12T13:03:00+00:00' };

  it.each([
    ['rows that vanish beside such as are no number', {}, [infinite, half, double]],
    ['rows that vanish before the end of a page', { limit: 3 }, [infinite, half, double]],
  ])('say that we differ on purpose about %s', async (_, more, rows) => {
    const asked = { ...division, when: { ...division.when, ...more } };
    const result = await runCase({ ...asked, then: { rows, row_count: rows.length } }, engines);
    expect(result, result.report).toMatchObject({ passed: true, differsOnPurpose: expect.any(String) });
    const missing = await runCase({ ...asked, then: { rows: rows.slice(0, -1) } }, engines);
    expect(missing).toMatchObject({ passed: false });
  });

  it.each([
    ['an order that there is not', { rollup: { totals: true, orderby: 'UP' } }],
    ['a part of a row', { limit: 1.5 }],
    ['a part of a second', { rollup: { interval: 60.5 } }],
  ])('pass a refusal of %s', async (_, more) => {
    const asked = { ...evaluation, when: { ...evaluation.when, ...more } };
    expect(await runCase({ ...asked, then: { error: 'E' } }, engines)).toMatchObject({ passed: true });
    expect(await runCase({ ...asked, when: { ...asked.when, more: 1 }, then: { error: 'E' } }, engines)).toMatchObject({
      passed: false,
    });
  });

  it.each([
    ['derived metrics', { field: 'avg(e:sessions/x@ratio)', value: '1' }, textOf('avg(x)', '1.0')],
    ['values that are no numbers', { field: 'avg(d:sessions/x@ratio)', value: 'much' }, { error: 'E' }],
  ])('say that there are no %s', async (_, when, then) => {
    const result = await runCase({ id: 'x-3', area: 'mql-format', given: {}, when, then }, engines);
    expect(result).toMatchObject({ passed: true, notExpressed: expect.any(String) });
  });

  it.each([
    ["max(<metric with mri 'd:custom/x@none'>) + <metric with mri 'c:custom/y@none'>", false],
    ["max(<metric with mri 'd:custom/x@none'>) + sum(<metric with mri 'd:custom/x@none'>) by a", true],
  ])('read %s as a tree', async (mql, isAnswered) => {
    const asked = { ...evaluation, when: { ...evaluation.when, mql } };
    const then = isAnswered ? { rows: [{ aggregate_value: 4, a: '' }] } : { error: 'E' };
    const { passed, report } = await runCase({ ...asked, then }, engines);
    expect(passed, report).toBe(true);
  });

  it.each([
    ['p50(d:custom/x@none)', 4.5, true],
    ['p50(d:custom/x@none)', 5, true],
    ['p50(d:custom/x@none)', 5.5, false],
    ['p50(d:custom/x@none)', 3.5, false],
    ['quantiles(0.25, 0.5)(d:custom/x@none)', [2.25, 4.5], true],
    ['quantiles(0.25, 0.5)(d:custom/x@none)', [2.25, 5.5], false],
  ])('know of %s that %j may be it', async (mql, value, isMeant) => {
    const digits = Array.from({ length: 10 }, (_, digit) => at(`13:0${digit}`, digit));
    const asked = { ...evaluation, given: { points: { 'd:custom/x@none': digits } } };
    const when = { ...evaluation.when, mql };
    const result = await runCase({ ...asked, when, then: { rows: [{ aggregate_value: value }] } }, engines);
    expect(result, result.report).toMatchObject(
      isMeant ? { passed: true, differsOnPurpose: expect.any(String) } : { passed: false },
    );
  });

  it.each([
    [{ 'transaction.duration': 'd:transactions/duration@millisecond' }, {}],
    [
      { 'transaction.duration': 'd:transactions/duration@millisecond', a: 7 },
      { notExpressed: expect.stringContaining('no numbers') },
    ],
    [['transaction.duration', 'a'], { notExpressed: expect.stringContaining('no numbers') }],
  ])('know of the names %j what can be asked', async (mappings, remark) => {
    const when = { ...evaluation.when, mql: 'sum(transaction.duration)', rollup: { interval: 60 } };
    const then = { rows: [], indexer_mappings: mappings };
    const { report, ...result } = await runCase({ ...evaluation, when, then }, engines);
    expect(result, report).toEqual({ id: 'x-2', passed: true, ...remark });
  });

  it('say that shorter intervals are refused, which choose nothing', async () => {
    const asked = { ...evaluation, when: { ...evaluation.when, rollup: { interval: 5 } } };
    const result = await runCase({ ...asked, then: { granularity: 10 } }, engines);
    expect(result).toMatchObject({ passed: true, notExpressed: expect.stringContaining('10 or more') });
  });

  it('take the points that lie beside the case', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cases-'));
    await writeFile(join(folder, 'mine.json'), JSON.stringify({ fixture: { mine: points } }));
    const asked = { ...evaluation, given: { fixture: 'mine.json' } };
    const beside = await runCase(asked, engines, pathToFileURL(join(folder, 'cases.json')));
    await rm(folder, { recursive: true });
    expect(beside).toEqual({ id: 'x-2', passed: true, report: '' });
  });

  it('read times without a zone as UTC', async () => {
    const naive = { start: '2024-08-12T13:00:00', end: '2024-08-12T14:00:00' };
    const result = await runCase({ ...evaluation, when: { ...evaluation.when, ...naive } }, engines);
    expect(result).toEqual({ id: 'x-2', passed: true, report: '' });
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
    ['an unknown key', { ...evaluation, then: { ...evaluation.then, more: 1 } }],
    ['an unknown key of the question', { ...evaluation, when: { ...evaluation.when, more: 1 } }],
    [
      'a value that nobody shows so',
      {
        ...parse,
        area: 'mql-format',
        when: { field: 'avg(d:custom/x@byte)', value: '9' },
        then: textOf('avg(x)', '1 KB'),
      },
    ],
    ['another value', { ...evaluation, then: { rows: [{ aggregate_value: 3 }] } }],
    ['another column', { ...evaluation, then: { rows: [{ aggregate_value: 2, a: 'b' }] } }],
    ['another number of rows', { ...evaluation, then: { row_count: 2 } }],
    [
      'another id of a name',
      {
        ...evaluation,
        when: { ...evaluation.when, mql: 'sum(transaction.duration)', rollup: { interval: 60 } },
        then: { rows: [], indexer_mappings: { 'transaction.duration': 'd:custom/x@none' } },
      },
    ],
    ['a refusal that does not come', { ...evaluation, then: { error: 'E' } }],
  ])('fail on %s', async (_, testCase) => {
    expect(await runCase(testCase, engines)).toMatchObject({ passed: false });
  });

  it('pass what holds', async () => {
    expect(await runCase(evaluation, engines)).toEqual({ id: 'x-2', passed: true, report: '' });
  });
});

function at(time: string, value: number) {
  return { time: `2024-08-12T${time}:00+00:00`, value, tags: {} };
}

function textOf(label: string, value: string) {
  return { label, value };
}

function equal(tag: string, value: string) {
  return { tag, op: '=', value };
}
