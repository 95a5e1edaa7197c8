import {
  metricRetention,
  type Query,
  type QueryingApp,
  QueryRefusedError,
  type QueryRequest,
  QuerySyntaxError,
  queryMetrics,
} from '../metrics/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { type Measure, measureOf } from './measure.ts';
import type { Reading } from './weigh-reading.ts';

/** Which windows of a rule to read, by their ends. */
export interface WindowsOfRule {
  readonly rule: AlertRule;
  readonly endsMs: readonly number[];
}

const minute = 60;
const hour = 3_600;

/** What one window needs: some queries, and what their values are together. */
interface Ask {
  readonly requests: readonly QueryRequest[];
  readonly read: (values: readonly (number | null)[]) => Reading;
}

/**
 * The readings of windows of several rules, by rule and end. What several of them touch is read once. When the metrics refuse
 * one rule's query the others are answered all the same.
 */
export async function readWindows(
  app: QueryingApp,
  wanted: readonly WindowsOfRule[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, Reading>>> {
  const asked = wanted.map(({ rule, endsMs }) => ({ rule, endsMs, asks: asksOf(app, rule, endsMs) }));
  try {
    return await answer(app, asked);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const answers = new Map<string, ReadonlyMap<number, Reading>>();
  for (const one of asked) {
    const readings = await answer(app, [one]).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      return answer(app, [{ ...one, asks: undefined }]);
    });
    for (const [id, reading] of readings) answers.set(id, reading);
  }
  return answers;
}

interface Asked extends WindowsOfRule {
  /** Undefined when the rule's query makes no sense. */
  readonly asks: readonly Ask[] | undefined;
}

async function answer(app: QueryingApp, asked: readonly Asked[]): Promise<Map<string, Map<number, Reading>>> {
  const requests = asked.flatMap(({ asks = [] }) => asks.flatMap((ask) => ask.requests));
  const answers = requests.length === 0 ? [] : await queryMetrics(app, requests, { consistent: true });
  const values = answers.map(({ rows: [row] }) =>
    typeof row?.aggregate_value === 'number' ? row.aggregate_value : null,
  );
  let at = 0;
  const readings = asked.map(({ rule, endsMs, asks }) => {
    const ofRule = endsMs.map((endMs, index): [number, Reading] => {
      const ask = asks?.[index];
      if (ask === undefined) return [endMs, { kind: 'refused' }];
      at += ask.requests.length;
      return [endMs, ask.read(values.slice(at - ask.requests.length, at))];
    });
    return [rule.id, new Map(ofRule)] as const;
  });
  return new Map(readings);
}

function asksOf(app: QueryingApp, rule: AlertRule, endsMs: readonly number[]): readonly Ask[] | undefined {
  try {
    const measure = measureOf(rule);
    return endsMs.map((endMs) => askOf(app, rule, measure, endMs / 1_000));
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function askOf(app: QueryingApp, rule: AlertRule, measure: Measure, endSeconds: number): Ask {
  const request = requestsOf(app, rule);
  if (measure.kind === 'crash-free') {
    return {
      requests: [request(measure.total, endSeconds), request(measure.crashed, endSeconds)].flat(),
      read: ([total, crashed]) => ({ kind: 'sessions', total: total ?? 0, crashed: crashed ?? 0 }),
    };
  }
  const now = request(measure.query, endSeconds);
  const earlier = rule.comparisonSeconds ? request(measure.query, endSeconds - rule.comparisonSeconds) : [];
  return {
    requests: [...now, ...earlier],
    read: ([value = null, before = null]) => ({ kind: 'value', value, earlier: before, isCount: measure.counts }),
  };
}

/** Makes the query of a window of the rule; none when its data is not kept so finely any more. */
function requestsOf(app: QueryingApp, { organization, projectId, windowSeconds }: AlertRule) {
  const { 60: minutesKept } = app.retention ?? metricRetention;
  const keptFrom = app.clock.now() / 1_000 - minutesKept;
  return (query: Query, end: number): QueryRequest[] => {
    const about = { query, organizations: [organization], projectIds: [projectId], totals: true };
    if (end - windowSeconds >= keptFrom) {
      return [{ ...about, startSeconds: end - windowSeconds, endSeconds: end, granularitySeconds: minute }];
    }
    // Only whole hours are left of that time: a window of some hours is moved to begin with one.
    if (windowSeconds % hour !== 0) return [];
    const until = Math.floor(end / hour) * hour;
    return [{ ...about, startSeconds: until - windowSeconds, endSeconds: until, granularitySeconds: hour }];
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof QueryRefusedError || error instanceof QuerySyntaxError;
}
