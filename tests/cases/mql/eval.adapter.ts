import { AssertionError } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { parseQuery } from '../../../lib/metrics/mql/parse-query.ts';
import { type QueryAnswer, runQuery } from '../../../lib/metrics/mql/run-query.ts';
import type { Operand, Query } from '../../../lib/metrics/mql/syntax-tree.ts';
import { intervalCount } from '../../../lib/metrics/mql/time-range.ts';
import { RefusalError } from '../../../lib/platform/errors.ts';
import type { CaseAdapter } from '../case.ts';
import { holds, same } from '../releases/compare.ts';
import { betweenMeasured, manyQuantiles } from './between-measured.ts';
import { columnsOf, compareRows, hasNoNumber, valuesAgree, withoutGaps } from './compare-rows.ts';
import {
  type ExpectedAnswer,
  type ExpectedRow,
  evalGiven,
  evalThen,
  evalWhen,
  isRefusedAtTheDoor,
  pointsOf,
} from './eval-forms.ts';
import { type StoredPoints, storePoints } from './stored-points.ts';

/** Cases of what a query answers over points that were really stored. */
export const mqlEval: CaseAdapter = async ({ given, when, then }, engines, folder) => {
  const expected = evalThen.parse(then);
  if ('error' in expected && isAskedWrongly(when)) return undefined;
  const request = evalWhen.parse(when);
  const source = await storePoints(engines, pointsOf(evalGiven.parse(given), folder));
  if ('error' in expected) {
    await refusalOf(ask(source, request));
    return undefined;
  }
  const isTooFine = (request.rollup.interval ?? finestInterval) < finestInterval;
  if (isTooFine) return { notExpressed: await refusalOf(ask(source, request)) };
  const answer = await ask(source, request);
  judgeFacts(answer, expected, request.mql);
  const differsOnPurpose = await judgeRows(source, answer, expected, request);
  const notExpressed = unexpressed(expected);
  return { ...(differsOnPurpose && { differsOnPurpose }), ...(notExpressed && { notExpressed }) };
};

const mostRows = 10_000;
const finestInterval = 10;

/** What the refusal says that has to come. @throws AssertionError when there is an answer */
async function refusalOf(answer: Promise<QueryAnswer>): Promise<string> {
  const outcome = await answer.catch((refusal: unknown) => refusal);
  if (outcome instanceof RefusalError) return outcome.message;
  throw new AssertionError({ actual: outcome, expected: 'a refusal' });
}

const noNumbers = 'texts are stored as they are, so that they have no numbers; the rest of the case holds';
const noDataSets = 'there is one store for all metrics, so that no data set is chosen; the rest of the case holds';

/** Whether it is only what a key holds that cannot be read; an unknown key is no refusal. */
function isAskedWrongly(when: unknown): boolean {
  const issues = evalWhen.safeParse(when).error?.issues ?? [];
  return issues.length > 0 && issues.every(({ code }) => code !== 'unrecognized_keys') && isRefusedAtTheDoor(when);
}

type Request = z.infer<typeof evalWhen>;

async function ask({ source, organization }: StoredPoints, request: Request) {
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

/** Some cases give a tree instead of a text: `max(<metric with mri '…'>)`. Each of them stands as a name until it is read. */
function queryOf(mql: string): Query | string {
  const ids: string[] = [];
  const text = mql.replace(/<metric with mri '([^']*)'>/g, (_, id: string) => `stand_in${'_'.repeat(ids.push(id))}`);
  return ids.length === 0 ? mql : (withIds(parseQuery(text), ids) as Query);
}

function withIds(operand: Operand, ids: readonly string[]): Operand {
  if (typeof operand !== 'object') return operand;
  if (operand.kind === 'formula') {
    return { ...operand, operands: operand.operands.map((one) => withIds(one, ids)) };
  }
  const [, marks] = /^stand_in(_+)$/.exec('publicName' in operand.metric ? operand.metric.publicName : '') ?? [];
  const mri = marks === undefined ? undefined : ids[marks.length - 1];
  return mri === undefined ? operand : { ...operand, metric: { mri } };
}

function judgeFacts({ range, totals, names, rows }: QueryAnswer, expected: ExpectedAnswer, mql: string): void {
  if (expected.granularity !== undefined) same(range.granularitySeconds, expected.granularity);
  if (expected.interval_count !== undefined) same(intervalCount(range), expected.interval_count);
  if (expected.modified_start !== undefined) same(range.startSeconds, Date.parse(expected.modified_start) / 1_000);
  if (expected.modified_end !== undefined) same(range.endSeconds, Date.parse(expected.modified_end) / 1_000);
  if (expected.totals !== undefined) {
    same(valuesAgree(totals?.aggregate_value, expected.totals.aggregate_value, mql), true);
  }
  for (const row of expected.every_row_has === undefined ? [] : rows) holds(row, expected.every_row_has);
  for (const [name, mri] of namesIn(expected)) same(names[name], mri);
}

/** Which ids the public names of a case have. */
function namesIn({ indexer_mappings: mappings = {} }: ExpectedAnswer): readonly (readonly [string, unknown])[] {
  return Object.entries(mappings).filter(
    ([name, to]) => typeof to === 'string' && !Array.isArray(mappings) && name !== to,
  );
}

/** What of the case we have nothing to say to. */
function unexpressed(expected: ExpectedAnswer): string | undefined {
  const mappings = Object.values(expected.indexer_mappings ?? {});
  if (expected.dataset !== undefined) return noDataSets;
  return mappings.length > namesIn(expected).length ? noNumbers : undefined;
}

/** Compares the rows, without those that only we have. @returns why we differ on purpose */
async function judgeRows(
  source: StoredPoints,
  { rows }: QueryAnswer,
  expected: ExpectedAnswer,
  request: Request,
): Promise<string | undefined> {
  const { limit, ...whole } = request;
  const count = expected.rows?.length ?? expected.row_count ?? rows.length;
  let found = rows.length === count ? rows : withoutGaps(rows, expected.rows);
  if (limit != null && rows.some(({ aggregate_value: value }) => value === null)) {
    // Rows of gaps take places on a page, and push others off it.
    const all = await ask(source, { ...whole, limit: mostRows });
    found = withoutGaps(all.rows, expected.rows).slice(0, limit);
  }
  const between = await asBetweenMeasured(source, found, expected, request);
  compareRows(between ?? found, expected, request);
  if (between !== undefined) return 'a quantile is a value that was measured, and none between two of them';
  if (!isDeepStrictEqual(found, rows))
    return 'where an operand is missing the value is null and the row does not vanish';
  return hasNoNumber(expected.rows) ? 'what cannot be computed is null' : undefined;
}

/** The rows as a case expects them that takes what lies between two values for their quantile; undefined where it does not. */
async function asBetweenMeasured(
  source: StoredPoints,
  rows: QueryAnswer['rows'],
  { rows: theirs }: ExpectedAnswer,
  request: Request,
): Promise<QueryAnswer['rows'] | undefined> {
  const query = queryOf(request.mql);
  const many = manyQuantiles(typeof query === 'string' ? parseQuery(query) : query);
  if (many === undefined || theirs === undefined || rowsAgree(rows, theirs, request.mql)) return undefined;
  const { limit: _, offset: __, ...whole } = request;
  const answer = await ask(source, { ...whole, mql: many, limit: mostRows });
  return betweenMeasured(rows, theirs, answer.rows);
}

function rowsAgree(rows: QueryAnswer['rows'], theirs: readonly ExpectedRow[], mql: string): boolean {
  const expected = new Map(theirs.map((row) => [columnsOf(row), row.aggregate_value]));
  return rows.every((row) => valuesAgree(row.aggregate_value, expected.get(columnsOf(row)) ?? null, mql));
}
