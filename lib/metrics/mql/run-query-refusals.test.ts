import { describe, expect, it } from 'vitest';
import { memoryMetricSource } from '../../../tests/support/memory-metric-source.ts';
import { QueryRefusedError } from './query-error.ts';
import { runQuery } from './run-query.ts';

const source = memoryMetricSource({});
const asked = { startSeconds: 0, endSeconds: 240, organizations: ['acme'], projectIds: ['1'], totals: true };

describe('a query that makes no sense', () => {
  const sum = 'sum(c:custom/hits@none)';

  it.each([
    ['median(c:custom/hits@none)', {}, /There is no aggregate "median"\. There are: sum, count/],
    ['p95(c:custom/hits@none)', {}, /type c\. It takes: sum, count, avg, rate/],
    ['p95(5)(d:custom/load@millisecond)', {}, /no parameters/],
    ['quantiles(2)(d:custom/load@millisecond)', {}, /between 0 and 1/],
    ['quantiles()(d:custom/load@millisecond)', {}, /between 0 and 1/],
    ['quantiles(0.1, 0.2)(d:custom/load@millisecond) + 1', {}, /one quantile/],
    [`blend(${sum})`, {}, /There is no function "blend"/],
    [`__proto__(${sum})`, {}, /There is no function/],
    ['constructor(c:custom/hits@none)', {}, /There is no aggregate/],
    ['sum(c:custom/hits@none) by time', {}, /Every row has a column time of its own/],
    ['(sum(c:custom/hits@none) + 1) by (a, aggregate_value)', {}, /a column aggregate_value/],
    ['apdex(300)(sum(c:custom/hits@none))', {}, /apdex has one pair of parentheses/],
    ['quantiles(0.5)(sum(c:custom/hits@none))', {}, /There is no function "quantiles"/],
    [`negate(${sum}, ${sum})`, {}, /is written/],
    [`plus(${sum})`, {}, /plus\(…, …\)/],
    [`apdex(${sum}, 300)`, {}, /distribution/],
    ['apdex(c:custom/hits@none)', {}, /distribution/],
    ['apdex(d:custom/load@millisecond)', {}, /threshold/],
    ['failure_rate(5)(c:custom/hits@none)', {}, /failure_rate/],
    [`failure_rate(${sum} + 1)`, {}, /failure_rate/],
    [`${sum} + "a"`, {}, /quotation marks/],
    ['1 + 2', {}, /at least one metric/],
    [`${sum} by a + ${sum} by b`, {}, /same tags/],
    [`${sum} + sum(c:spans/x@none)`, {}, /one namespace/],
    ['sum(c:elsewhere/x@none)', {}, /no namespace "elsewhere"/],
    ['sum(not.known)', {}, /well-known/],
    ['sum(x:custom/hits@none)', {}, /not a metric id/],
    [sum, { organizations: ['a', 'b'] }, /one organization/],
    [sum, { endSeconds: 0 }, /before the end/],
    [sum, { endSeconds: Number.POSITIVE_INFINITY }, /before the end/],
    [sum, { intervalSeconds: 9 }, /interval/],
    [sum, { intervalSeconds: 60, granularitySeconds: 3_600 }, /granularity/],
    [sum, { granularitySeconds: 7 }, /granularity/],
    [sum, { totals: false }, /interval, for totals/],
    [sum, { intervalSeconds: 60, orderBy: 'ASC' as const }, /orderby/],
    [sum, { limit: 0 }, /limit/],
    [sum, { limit: 10_001 }, /limit/],
    [sum, { offset: -1 }, /offset/],
    [sum, { intervalSeconds: 10, endSeconds: 200_000, fill: true }, /intervals/],
  ])('is refused with what to change: %s %j', async (query, more, text) => {
    const refusal = await runQuery(source, { ...asked, query, ...more }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(QueryRefusedError);
    expect((refusal as Error).message).toMatch(text);
  });
});
