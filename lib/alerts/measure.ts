import {
  type Filter,
  parseFilter,
  parseQuery,
  type Query,
  QueryRefusedError,
  QuerySyntaxError,
  type ResolvedQuery,
  resolveQuery,
  type Timeseries,
} from '../metrics/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { messages } from './messages.ts';

/** What a rule asks of the metrics for each window. */
export type Measure =
  /** One number. What counts points or people is 0 where there are none, and no gap in the data. */
  | { readonly kind: 'value'; readonly query: Query; readonly counts: boolean }
  /** The share, in per cent, of those that did not crash. */
  | { readonly kind: 'crash-free'; readonly total: Query; readonly crashed: Query };

/** The parts of a rule that say what is measured. */
export type Measured = Pick<AlertRule, 'aggregate' | 'query' | 'environment'>;

/** Aggregates that are no query themselves, with the metrics that they are about. */
const named: ReadonlyMap<string, Timeseries> = new Map([
  ['count()', timeseries('sum', 'c:escalating_issues/event_ingested@none')],
  ['count_unique(user)', timeseries('uniq', 's:escalating_issues/user@none')],
  ['count_unique(tags[sentry:user])', timeseries('uniq', 's:escalating_issues/user@none')],
]);

/** Aggregates about sessions: what is counted of those that began, and of those that crashed. */
const crashFree: ReadonlyMap<string, Timeseries> = new Map([
  ['percentage(sessions_crashed, sessions)', timeseries('sum', 'c:sessions/session@none')],
  ['percentage(users_crashed, users)', timeseries('uniq', 's:sessions/user@none')],
]);

/** What the dashboards of the other system append. */
const crashFreeName = / AS _crash_rate_alert_aggregate$/;

/**
 * What a rule asks of the metrics, its filters included.
 * @throws QuerySyntaxError, QueryRefusedError when its aggregate or its filter cannot be understood, or gives more than one number
 */
export function measureOf({ aggregate, query, environment }: Measured): Measure {
  const filters = [...environmentFilter(environment), ...written(query)];
  const sessions = crashFree.get(crashFreeAggregate(aggregate));
  if (sessions !== undefined) {
    const withStatus = (status: string) =>
      checked({ ...sessions, filters: [...filters, { tag: 'session.status', operator: '=', value: status }] }).query;
    return { kind: 'crash-free', total: withStatus('init'), crashed: withStatus('crashed') };
  }
  const asked = named.get(aggregate.trim()) ?? parseQuery(aggregate);
  const { query: filtered, resolved } = checked({ ...asked, filters: [...filters, ...asked.filters] });
  return { kind: 'value', query: filtered, counts: isCount(resolved) };
}

/** Whether the aggregate is the share of sessions or people without a crash; it takes windows and comparisons of its own. */
export function isCrashFree(aggregate: string): boolean {
  return crashFree.has(crashFreeAggregate(aggregate));
}

/** Whether the aggregate counts points or people, so that more of them only make it more. */
export function isCounting(measured: Measured): boolean {
  try {
    const measure = measureOf(measured);
    return measure.kind === 'value' && measure.counts;
  } catch (error) {
    if (error instanceof QuerySyntaxError || error instanceof QueryRefusedError) return false;
    throw error;
  }
}

/**
 * What a window without any data means unless a rule says otherwise: that nothing happened, which is known of events; of
 * sessions it only means that nobody looked.
 */
export function defaultNoData(aggregate: string): AlertRule['noData'] {
  return isCrashFree(aggregate) ? 'keep' : 'ok';
}

function crashFreeAggregate(aggregate: string): string {
  return aggregate.replace(crashFreeName, '').trim();
}

function timeseries(aggregate: string, mri: string): Timeseries {
  return { kind: 'timeseries', metric: { mri }, aggregate, parameters: [], filters: [], groupBy: [] };
}

function environmentFilter(environment: string | null): Filter[] {
  return environment === null ? [] : [{ tag: 'environment', operator: '=', value: environment }];
}

function written(query: string): Filter[] {
  const filter = parseFilter(query);
  return filter === undefined ? [] : [filter];
}

function checked(query: Query): { readonly query: Query; readonly resolved: ResolvedQuery } {
  const { query: resolved } = resolveQuery(query);
  if (!isOneNumber(resolved)) throw new QueryRefusedError(messages.oneNumber);
  return { query, resolved };
}

function isOneNumber(query: ResolvedQuery): boolean {
  switch (query.kind) {
    case 'number':
      return true;
    case 'series':
      return query.groupBy.length === 0 && query.levels.length <= 1;
    case 'join':
      return isOneNumber(query.left) && isOneNumber(query.right);
    default:
      return isOneNumber(query.of);
  }
}

function isCount(query: ResolvedQuery): boolean {
  if (query.kind !== 'series') return false;
  const { aggregate, mri } = query;
  return aggregate === 'count' || aggregate === 'uniq' || (aggregate === 'sum' && mri.startsWith('c:'));
}
