import { queryMessages } from '../messages.ts';
import type { Value } from './aggregates.ts';
import { evaluateQuery } from './evaluate-query.ts';
import { type MetricSource, readOnce } from './metric-source.ts';
import { parseQuery } from './parse-query.ts';
import { QueryRefusedError } from './query-error.ts';
import { resolveQuery } from './resolve-query.ts';
import type { ResolvedQuery } from './resolved-query.ts';
import { type Row, rowsOf } from './rows.ts';
import type { Query } from './syntax-tree.ts';
import { intervalCount, type Rollups, type TimeRange, timeRangeOf } from './time-range.ts';

/** What is asked of metrics. */
export interface QueryRequest extends Rollups {
  /** As text or read already. */
  readonly query: string | Query;
  readonly organizations: readonly string[];
  readonly projectIds: readonly string[];
  /** Whether the aggregate over the whole time is told, with an interval or groups in addition to the rows. */
  readonly totals?: boolean | undefined;
  /** Orders by value; only without an interval. */
  readonly orderBy?: 'ASC' | 'DESC' | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** Whether intervals without points count as zero, as charts wish. */
  readonly fill?: boolean | undefined;
}

/** The answer to a query. */
export interface QueryAnswer {
  readonly rows: readonly Row[];
  readonly totals?: { readonly aggregate_value: Value };
  /** The time that was answered for. */
  readonly range: TimeRange;
  /** What public names were resolved to. */
  readonly names: Readonly<Record<string, string>>;
}

const defaultLimit = 1_000;
const mostRows = 10_000;

/** Answers one query. @throws QuerySyntaxError, QueryRefusedError */
export async function runQuery(
  source: MetricSource,
  request: QueryRequest,
  extraNames?: ReadonlyMap<string, string>,
): Promise<QueryAnswer> {
  const tree = typeof request.query === 'string' ? parseQuery(request.query) : request.query;
  const [organization, ...others] = request.organizations;
  if (organization === undefined || others.length > 0) throw new QueryRefusedError(queryMessages.oneOrganization);
  const { limit, offset } = pageOf(request);
  const range = timeRangeOf(request);
  const { intervalSeconds } = range;
  const { totals = false, orderBy, fill = false, projectIds } = request;
  if (intervalSeconds === undefined && !totals) throw new QueryRefusedError(queryMessages.intervalOrTotals);
  if (intervalSeconds !== undefined && orderBy !== undefined) {
    throw new QueryRefusedError(queryMessages.orderWithInterval);
  }
  if (fill && intervalCount(range) > mostRows) throw new QueryRefusedError(queryMessages.tooManyBuckets(mostRows));
  const { query, names } = resolveQuery(tree, extraNames);
  const reading = { source: readOnce(source), organization, projectIds, range, fill };
  const evaluated = await evaluateQuery(query, reading);
  const rows = rowsOf(evaluated, range, orderBy).slice(offset, offset + limit);
  const isGrouped = evaluated.kind === 'series' && evaluated.groupBy.length > 0;
  if (!totals || (intervalSeconds === undefined && !isGrouped)) return { rows, range, names };
  const whole = { ...reading, range: { ...range, intervalSeconds: undefined }, fill: false };
  const [total] = rowsOf(await evaluateQuery(ungrouped(query), whole), whole.range, undefined);
  return { rows, range, names, totals: { aggregate_value: total?.aggregate_value ?? null } };
}

/** Answers several queries; what they both touch is read once. */
export async function bulkRunQuery(
  source: MetricSource,
  requests: readonly QueryRequest[],
  extraNames?: ReadonlyMap<string, string>,
): Promise<readonly QueryAnswer[]> {
  const shared = readOnce(source);
  const answers: QueryAnswer[] = [];
  for (const request of requests) answers.push(await runQuery(shared, request, extraNames));
  return answers;
}

function pageOf({ limit = defaultLimit, offset = 0 }: QueryRequest): { limit: number; offset: number } {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostRows) throw new QueryRefusedError(queryMessages.limit);
  if (!Number.isSafeInteger(offset) || offset < 0) throw new QueryRefusedError(queryMessages.offset);
  return { limit, offset };
}

function ungrouped(query: ResolvedQuery): ResolvedQuery {
  switch (query.kind) {
    case 'number':
      return query;
    case 'series':
      return { ...query, groupBy: [] };
    case 'join':
      return { ...query, left: ungrouped(query.left), right: ungrouped(query.right) };
    default:
      return { ...query, of: ungrouped(query.of) };
  }
}
