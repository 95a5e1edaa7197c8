import { AssertionError } from 'node:assert/strict';
import type * as z from 'zod';
import { parseQuery } from '../../../lib/metrics/mql/parse-query.ts';
import { type QueryAnswer, runQuery } from '../../../lib/metrics/mql/run-query.ts';
import type { Query } from '../../../lib/metrics/mql/syntax-tree.ts';
import { intervalCount } from '../../../lib/metrics/mql/time-range.ts';
import { RefusalError } from '../../../lib/platform/errors.ts';
import type { CaseAdapter, CaseRemark } from '../case.ts';
import { holds, same } from '../releases/compare.ts';
import { compareRows, hasNoNumber, valuesAgree } from './compare-rows.ts';
import { type ExpectedAnswer, evalGiven, evalThen, evalWhen, pointsOf } from './eval-forms.ts';
import { type StoredPoints, storePoints } from './stored-points.ts';

/** Cases of what a query answers over points that were really stored. */
export const mqlEval: CaseAdapter = async ({ given, when, then }, engines) => {
  const request = evalWhen.parse(when);
  const expected = evalThen.parse(then);
  const source = await storePoints(engines, pointsOf(evalGiven.parse(given)));
  if ('error' in expected) {
    const error = await ask(source, request).catch((refusal: unknown) => refusal);
    if (!(error instanceof RefusalError)) throw new AssertionError({ actual: error, expected: expected.error });
    return undefined;
  }
  return judge(await ask(source, request), expected, request);
};

async function ask({ source, organization }: StoredPoints, request: z.infer<typeof evalWhen>) {
  const { rollup, scope, limit, offset, fill } = request;
  return runQuery(source(), {
    query: queryOf(request.mql),
    startSeconds: Date.parse(request.start) / 1_000,
    endSeconds: Date.parse(request.end) / 1_000,
    intervalSeconds: rollup.interval ?? undefined,
    granularitySeconds: rollup.granularity ?? undefined,
    totals: rollup.totals ?? undefined,
    orderBy: rollup.orderby ?? undefined,
    organizations: scope.org_ids.map(organization),
    projectIds: scope.project_ids.map(String),
    limit: limit ?? undefined,
    offset: offset ?? undefined,
    fill,
  });
}

/** Some cases give a tree instead of a text: `max(<metric with mri '…'>)`. */
function queryOf(mql: string): Query | string {
  const [, aggregate, mri] = /^(\w+)\(<metric with mri '([^']*)'>\)$/.exec(mql) ?? [];
  if (aggregate === undefined || mri === undefined) return mql;
  const tree = parseQuery(`${aggregate}(placeholder)`);
  return tree.kind === 'timeseries' ? { ...tree, metric: { mri } } : tree;
}

function judge(answer: QueryAnswer, expected: ExpectedAnswer, request: z.infer<typeof evalWhen>) {
  const { range } = answer;
  if (expected.granularity !== undefined) same(range.granularitySeconds, expected.granularity);
  if (expected.interval_count !== undefined) same(intervalCount(range), expected.interval_count);
  if (expected.modified_start !== undefined) same(range.startSeconds, Date.parse(expected.modified_start) / 1_000);
  if (expected.modified_end !== undefined) same(range.endSeconds, Date.parse(expected.modified_end) / 1_000);
  if (expected.totals !== undefined) {
    same(valuesAgree(answer.totals?.aggregate_value, expected.totals.aggregate_value, request.mql), true);
  }
  for (const row of expected.every_row_has === undefined ? [] : answer.rows) holds(row, expected.every_row_has);
  for (const [name, target] of Object.entries(expected.indexer_mappings ?? {})) {
    // Numbers are ids of their indexer; we have none.
    if (typeof target === 'string') same(answer.names[name], target);
  }
  const remark = compareRows(answer.rows, expected, request);
  return remark ?? otherRemark(expected);
}

function otherRemark(expected: ExpectedAnswer): CaseRemark | undefined {
  if (expected.dataset !== undefined) {
    return {
      notExpressed: 'there is one store for all metrics, so that no data set is chosen; the rest of the case holds',
    };
  }
  return hasNoNumber(expected.rows) ? { differsOnPurpose: 'what cannot be computed is null' } : undefined;
}
