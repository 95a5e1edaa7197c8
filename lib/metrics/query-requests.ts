import { type Clock, epochSeconds } from '../platform/clock.ts';
import { InvalidFieldsError, RefusalError } from '../platform/errors.ts';
import { timeRange } from '../platform/time-range.ts';
import { queryMessages } from './messages.ts';
import { parseQuery } from './mql/parse-query.ts';
import { resolveQuery } from './mql/resolve-query.ts';
import type { QueryRequest } from './mql/run-query.ts';
import type { Query } from './mql/syntax-tree.ts';
import type { MetricsQueryBody, MetricsQueryEntry } from './query-body.ts';

const usualPeriod = '24h';

/** Whom the queries of a body are about. */
export interface QueriedProjects {
  readonly organization: string;
  readonly projectIds: readonly string[];
}

/**
 * The queries of a body, with all that goes for each of them.
 * @throws InvalidFieldsError naming the field, and the query where there are several; BadRequestError about the time
 */
export function queryRequests(body: MetricsQueryBody, of: QueriedProjects, clock: Clock): QueryRequest[] {
  const { query, queries, project: _, environment, ...shared } = body;
  if (query !== undefined) return [queryRequest({ ...shared, query }, environment, of, clock)];
  return (queries ?? []).map((one, index) => {
    try {
      return queryRequest({ ...shared, ...one }, environment, of, clock);
    } catch (error) {
      throw error instanceof InvalidFieldsError ? inQuery(index + 1, error) : error;
    }
  });
}

function queryRequest(
  asked: MetricsQueryEntry,
  environments: readonly string[],
  { organization, projectIds }: QueriedProjects,
  clock: Clock,
): QueryRequest {
  const { interval, granularity, orderby, limit, offset, fill } = asked;
  if (interval != null && orderby != null) throw new InvalidFieldsError({ orderby: [queryMessages.orderWithInterval] });
  if ((granularity ?? 0) > (interval ?? Number.POSITIVE_INFINITY)) {
    throw new InvalidFieldsError({ granularity: [queryMessages.granularity] });
  }
  return {
    query: inEnvironments(understood(asked.query), environments),
    ...askedTime(asked, clock),
    organizations: [organization],
    projectIds,
    intervalSeconds: interval ?? undefined,
    granularitySeconds: granularity ?? undefined,
    // Without an interval the total is all that there is to tell.
    totals: (asked.totals ?? false) || interval == null,
    orderBy: orderby ?? undefined,
    limit: limit ?? undefined,
    offset: offset ?? undefined,
    fill: fill ?? undefined,
  };
}

/** A query that makes sense, whatever is stored. @throws InvalidFieldsError telling the place of what cannot be read */
function understood(text: string): Query {
  try {
    const query = parseQuery(text);
    resolveQuery(query);
    return query;
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    throw new InvalidFieldsError({ query: [error.message] }, { cause: error });
  }
}

function inEnvironments(query: Query, environments: readonly string[]): Query {
  if (environments.length === 0) return query;
  const filter = { tag: 'environment', operator: 'IN', value: environments } as const;
  return { ...query, filters: [filter, ...query.filters] };
}

/** Start and end in whole seconds. @throws BadRequestError */
function askedTime({ start, end, statsPeriod, interval }: MetricsQueryEntry, clock: Clock) {
  const isTold = Boolean(start) || Boolean(end) || Boolean(statsPeriod);
  const period = isTold ? statsPeriod : usualPeriod;
  const { from, to } = timeRange(
    { start: start ?? undefined, end: end ?? undefined, statsPeriod: period ?? undefined },
    clock.now(),
  );
  const startSeconds = Math.floor(Date.parse(from ?? '') / 1_000);
  if (to !== undefined) return { startSeconds, endSeconds: Math.ceil(Date.parse(to) / 1_000) };
  const now = epochSeconds(clock);
  if (interval != null) return { startSeconds, endSeconds: now + 1 };
  const step = stepOf(now - startSeconds);
  return { startSeconds: Math.floor(startSeconds / step) * step, endSeconds: Math.floor(now / step + 1) * step };
}

/**
 * A period until now is widened to whole steps that are kept for long enough: of an odd second there are only the finest
 * buckets, and those only for a day.
 */
function stepOf(seconds: number): number {
  if (seconds <= 3_600) return 10;
  if (seconds <= 86_400) return 60;
  return seconds <= 30 * 86_400 ? 3_600 : 86_400;
}

function inQuery(number: number, { fields, message }: InvalidFieldsError): InvalidFieldsError {
  const named = Object.entries(fields).map(([field, texts]) => [
    field,
    Array.isArray(texts) ? texts.map((text) => queryMessages.inQuery(number, String(text))) : [message],
  ]);
  return new InvalidFieldsError({ queries: Object.fromEntries(named) });
}
