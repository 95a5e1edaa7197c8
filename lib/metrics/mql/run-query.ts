import { queryMessages } from '../messages.ts';
import type { Value } from './aggregates.ts';
import type { MetricSource } from './metric-source.ts';
import { parseQuery } from './parse-query.ts';
import { planQuery } from './plan-query.ts';
import { QueryRefusedError } from './query-error.ts';
import { resolveQuery } from './resolve-query.ts';
import type { ResolvedQuery } from './resolved-query.ts';
import { type Row, rowsOf } from './rows.ts';
import { type Reading, SharedReading } from './shared-reading.ts';
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
  const shared = new SharedReading();
  const answer = planRequest(shared, request, extraNames);
  await shared.readFrom(source);
  return answer();
}

/** Answers several queries, or none when one of them makes no sense; what they both touch is read once. */
export async function bulkRunQuery(
  source: MetricSource,
  requests: readonly QueryRequest[],
  extraNames?: ReadonlyMap<string, string>,
): Promise<readonly QueryAnswer[]> {
  const shared = new SharedReading();
  const answers = requests.map((request) => planRequest(shared, request, extraNames));
  await shared.readFrom(source);
  return answers.map((answer) => answer());
}

function planRequest(
  shared: SharedReading,
  request: QueryRequest,
  extraNames: ReadonlyMap<string, string> | undefined,
): () => QueryAnswer {
  const tree = typeof request.query === 'string' ? parseQuery(request.query) : request.query;
  const { limit, offset } = pageOf(request);
  const { totals = false, orderBy } = request;
  const reading = readingOf(request);
  const { range } = reading;
  const { query, names } = resolveQuery(tree, extraNames);
  const evaluate = planQuery(query, reading, shared);
  const whole = { ...reading, range: { ...range, intervalSeconds: undefined }, fill: false };
  const evaluateWhole = totals ? planQuery(ungrouped(query), whole, shared) : undefined;
  return () => {
    const evaluated = evaluate();
    const rows = rowsOf(evaluated, range, orderBy).slice(offset, offset + limit);
    const isGrouped = evaluated.kind === 'series' && evaluated.groupBy.length > 0;
    if (evaluateWhole === undefined || (range.intervalSeconds === undefined && !isGrouped)) {
      return { rows, range, names };
    }
    const [total] = rowsOf(evaluateWhole(), whole.range, undefined);
    return { rows, range, names, totals: { aggregate_value: total?.aggregate_value ?? null } };
  };
}

/** @throws QueryRefusedError for what does not go together */
function readingOf(request: QueryRequest): Reading {
  const [organization, ...others] = request.organizations;
  if (organization === undefined || others.length > 0) throw new QueryRefusedError(queryMessages.oneOrganization);
  const range = timeRangeOf(request);
  const { totals = false, orderBy, fill = false, projectIds } = request;
  if (range.intervalSeconds === undefined && !totals) throw new QueryRefusedError(queryMessages.intervalOrTotals);
  if (range.intervalSeconds !== undefined && orderBy !== undefined) {
    throw new QueryRefusedError(queryMessages.orderWithInterval);
  }
  if (fill && intervalCount(range) > mostRows) throw new QueryRefusedError(queryMessages.tooManyBuckets(mostRows));
  return { organization, projectIds, range, fill };
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
