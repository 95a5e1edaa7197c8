import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, printQuery, QueryRefusedError, QuerySyntaxError } from '../metrics/index.ts';
import { defaultNoData, isCrashFree, type Measured, measureOf } from './measure.ts';

const rule = (aggregate: string, query = '', environment: string | null = null): Measured => ({
  aggregate,
  query,
  environment,
});

/** A measure with its queries as text. */
function printed(measured: Measured) {
  const measure = measureOf(measured);
  return measure.kind === 'value'
    ? { counts: measure.counts, mql: printQuery(measure.query) }
    : { total: printQuery(measure.total), crashed: printQuery(measure.crashed) };
}

describe('a measure', () => {
  it.each([
    ['count()', 'sum(c:escalating_issues/event_ingested@none)', true],
    ['count_unique(user)', 'uniq(s:escalating_issues/user@none)', true],
    ['count_unique(tags[sentry:user])', 'uniq(s:escalating_issues/user@none)', true],
    ['sum(c:custom/checkout.errors@none)', 'sum(c:custom/checkout.errors@none)', true],
    ['count(d:custom/load@millisecond)', 'count(d:custom/load@millisecond)', true],
    ['p95(d:custom/load@millisecond)', 'p95(d:custom/load@millisecond)', false],
    ['sum(g:custom/queue@none)', 'sum(g:custom/queue@none)', false],
    [
      'sum(c:custom/errors@none) / sum(c:custom/requests@none)',
      'sum(c:custom/errors@none) / sum(c:custom/requests@none)',
      false,
    ],
  ])('of %s is a query', (aggregate, mql, counts) => {
    expect(printed(rule(aggregate))).toEqual({ counts, mql: printQuery(parseQuery(mql)) });
  });

  it.each([
    ['percentage(sessions_crashed, sessions)', 'sum(c:sessions/session@none)'],
    ['percentage(sessions_crashed, sessions) AS _crash_rate_alert_aggregate', 'sum(c:sessions/session@none)'],
    ['percentage(users_crashed, users)', 'uniq(s:sessions/user@none)'],
  ])('of %s asks for those that began and those that crashed', (aggregate, series) => {
    expect(printed(rule(aggregate, 'release:1.0'))).toEqual({
      total: printQuery(parseQuery(`${series.replace(')', '{session.status:init})')}{release:1.0}`)),
      crashed: printQuery(parseQuery(`${series.replace(')', '{session.status:crashed})')}{release:1.0}`)),
    });
    expect(isCrashFree(aggregate)).toBe(true);
  });

  it('has the filter and the environment of its rule, and keeps its own', () => {
    expect(printed(rule('count()', 'level:error OR level:fatal', 'prod'))).toMatchObject({
      mql: printQuery(
        parseQuery('sum(c:escalating_issues/event_ingested@none{level:error OR level:fatal}){environment:prod}'),
      ),
    });
    expect(printed(rule('avg(d:custom/load@none){route:home}', '!level:info')).mql).toContain('route:"home"');
  });

  it.each([
    ['', QuerySyntaxError],
    ['nonsense', QuerySyntaxError],
    ['p95(c:custom/errors@none)', QueryRefusedError],
    ['sum(c:custom/errors@none) by (route)', QueryRefusedError],
    ['quantiles(0.5, 0.9)(d:custom/load@none)', QueryRefusedError],
    ['count_unique(person)', QueryRefusedError],
  ])('of %j is refused', (aggregate, refusal) => {
    expect(() => measureOf(rule(aggregate))).toThrow(refusal);
  });

  it.each(['level:', 'a:b} by (c', '{a:b}', 'a:b)'])('with the filter %j is refused', (query) => {
    expect(() => measureOf(rule('count()', query))).toThrow(QuerySyntaxError);
  });

  it('takes any environment as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (environment) => {
        const measure = measureOf(rule('count()', '', environment));
        if (measure.kind !== 'value') throw new TypeError('not a value');
        expect(measure.query.filters).toEqual([{ tag: 'environment', operator: '=', value: environment }]);
      }),
    );
  });

  it('of what nobody may have looked at says nothing without data, unless its rule does', () => {
    expect(defaultNoData('percentage(users_crashed, users)')).toBe('keep');
    expect(defaultNoData('count()')).toBe('ok');
    expect(isCrashFree('count()')).toBe(false);
  });
});
