import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { runCase } from '../run-case.ts';

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
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

describe('the adapter of questions', () => {
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
    ['ASC', ['no', 'some', 'all'], true],
    ['ASC', ['no', 'all', 'some'], true],
    ['ASC', ['some', 'no', 'all'], false],
    ['DESC', ['all', 'some', 'no'], true],
  ])('know that %s of what cannot be computed may come as %j', async (orderby, order, isMeant) => {
    const values = { no: 0, some: 0.5, all: { special: 'inf' } };
    const points = Object.fromEntries(
      Object.entries({ a: { no: 0, some: 1, all: 1 }, b: { no: 2, some: 2, all: 0 } }).map(([name, byTag]) => [
        `c:custom/${name}@none`,
        Object.entries(byTag).map(([k, value]) => ({ ...at('13:00', value), tags: { k } })),
      ]),
    );
    const mql = 'sum(c:custom/a@none) by k / sum(c:custom/b@none) by k';
    const when = { ...evaluation.when, mql, rollup: { totals: true, orderby } };
    const rows = order.map((k) => ({ aggregate_value: values[k as keyof typeof values], k }));
    const { passed, report } = await runCase({ ...evaluation, given: { points }, when, then: { rows } }, engines);
    expect(passed, report).toBe(isMeant);
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
    ['an unknown key', { ...evaluation, then: { ...evaluation.then, more: 1 } }],
    ['an unknown key of the question', { ...evaluation, when: { ...evaluation.when, more: 1 } }],
    ['another value', { ...evaluation, then: { rows: [{ aggregate_value: 3 }] } }],
    ['another column', { ...evaluation, then: { rows: [{ aggregate_value: 2, a: 'b' }] } }],
    ['another number of rows', { ...evaluation, then: { row_count: 2 } }],
    ['a refusal that does not come', { ...evaluation, then: { error: 'E' } }],
    [
      'another id of a name',
      {
        ...evaluation,
        when: { ...evaluation.when, mql: 'sum(transaction.duration)', rollup: { interval: 60 } },
        then: { rows: [], indexer_mappings: { 'transaction.duration': 'd:custom/x@none' } },
      },
    ],
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
