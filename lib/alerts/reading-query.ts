import {
  metricRetention,
  type Query,
  type QueryingApp,
  QueryRefusedError,
  type QueryRequest,
  QuerySyntaxError,
  queryMetrics,
  type ReadLimits,
} from '../metrics/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import type { Measure } from './measure.ts';
import type { Reading } from './weigh-reading.ts';

/** Some time, the end excluded. */
export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Whether it begins and ends within minutes. */
  readonly isFine?: boolean;
  /** Whether only whole hours are read: a window of some hours is moved to end with one. */
  readonly isHourly?: boolean;
}

/** What the reading of some time needs: some queries, and what their values are together. */
export interface ReadingQuery {
  readonly requests: readonly QueryRequest[];
  readonly read: (values: readonly (number | null)[]) => Reading;
}

const finest = 10;
const minute = 60;
const hour = 3_600;

/** What to ask for the reading of a rule over some time. */
export function readingQuery(app: QueryingApp, rule: AlertRule, measure: Measure, span: Span): ReadingQuery {
  const request = requestsOf(app, rule);
  if (measure.kind === 'crash-free') {
    return {
      requests: [request(measure.total, span), request(measure.crashed, span)].flat(),
      read: ([total, crashed]) => ({ kind: 'sessions', total: total ?? 0, crashed: crashed ?? 0 }),
    };
  }
  const { comparisonSeconds } = rule;
  const now = request(measure.query, span);
  const earlier = comparisonSeconds ? request(measure.query, movedBack(span, comparisonSeconds)) : [];
  return {
    requests: [...now, ...earlier],
    read: (values) => {
      const [value = null] = values.slice(0, now.length);
      const [before = null] = values.slice(now.length);
      return { kind: 'value', value, earlier: before, isCount: measure.counts };
    },
  };
}

/** The readings that were asked for, in their order; what several of them touch is read once. @throws QueryRefusedError */
export async function answerReadings(
  app: QueryingApp,
  asked: readonly ReadingQuery[],
  limits?: ReadLimits,
): Promise<Reading[]> {
  const requests = asked.flatMap((one) => one.requests);
  const answers = requests.length === 0 ? [] : await queryMetrics(app, requests, { consistent: true, limits });
  const values = answers.map(({ rows: [row] }) =>
    typeof row?.aggregate_value === 'number' ? row.aggregate_value : null,
  );
  let at = 0;
  return asked.map(({ requests: own, read }) => {
    at += own.length;
    return read(values.slice(at - own.length, at));
  });
}

/** Whether the metrics refused a query, which another try would not change. */
export function isRefusal(error: unknown): boolean {
  return error instanceof QueryRefusedError || error instanceof QuerySyntaxError;
}

/** Makes the query of some time of the rule; none when its data is not kept so finely any more. */
function requestsOf(app: QueryingApp, { organization, projectId }: AlertRule) {
  const retention = app.retention ?? metricRetention;
  const now = app.clock.now() / 1_000;
  return (query: Query, { startSeconds, endSeconds, isFine = false, isHourly = false }: Span): QueryRequest[] => {
    const about = { query, organizations: [organization], projectIds: [projectId], totals: true };
    if (startSeconds >= endSeconds) return [];
    const granularitySeconds = isFine && startSeconds >= now - retention[finest] ? finest : minute;
    const isKept = !isHourly && startSeconds >= now - retention[granularitySeconds];
    if (isKept) return [{ ...about, startSeconds, endSeconds, granularitySeconds }];
    // Only whole hours are left of that time, or are few enough: a window of some hours is moved to end with one.
    const lengthSeconds = endSeconds - startSeconds;
    if (lengthSeconds % hour !== 0) return [];
    const until = Math.floor(endSeconds / hour) * hour;
    return [{ ...about, startSeconds: until - lengthSeconds, endSeconds: until, granularitySeconds: hour }];
  };
}

function movedBack(span: Span, seconds: number): Span {
  return { ...span, startSeconds: span.startSeconds - seconds, endSeconds: span.endSeconds - seconds };
}
