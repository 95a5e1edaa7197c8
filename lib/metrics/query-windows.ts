import { epochSeconds } from '../platform/clock.ts';
import { planQuery } from './mql/plan-query.ts';
import { resolveQuery } from './mql/resolve-query.ts';
import { type Evaluated, single } from './mql/series-set.ts';
import { SharedReading } from './mql/shared-reading.ts';
import type { Query } from './mql/syntax-tree.ts';
import type { QueryingApp } from './query-metrics.ts';
import { dynamoMetricSource } from './store/dynamo-metric-source.ts';
import type { ReadLimits } from './store/read-budget.ts';

/** Which windows of which query: all that end at a multiple of the interval, behind the start and not behind the end. */
export interface WindowsRequest {
  readonly query: Query;
  readonly organization: string;
  readonly projectId: string;
  /** Both multiples of the interval. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** What is read: buckets of this length, for intervals of this length, of which a window has some. */
  readonly intervalSeconds: 60 | 3_600;
  readonly windowSeconds: number;
}

/** The values of windows, by their ends in seconds; none for windows without points. */
export type WindowValues = ReadonlyMap<number, number>;

/**
 * The values of queries that give one number, over windows that overlap. What several of them touch is read once, and a long
 * time costs no more than reading it.
 * @throws QueryRefusedError when it is too much to be read
 */
export async function queryWindows(
  app: QueryingApp,
  requests: readonly WindowsRequest[],
  limits?: ReadLimits,
): Promise<WindowValues[]> {
  const shared = new SharedReading();
  const answers = requests.map((request) => {
    const { organization, projectId, startSeconds, endSeconds, intervalSeconds, windowSeconds } = request;
    const range = {
      startSeconds: startSeconds - windowSeconds,
      endSeconds,
      intervalSeconds,
      granularitySeconds: intervalSeconds,
    };
    const reading = { organization, projectIds: [projectId], range, fill: false, windowSeconds };
    return { evaluate: planQuery(resolveQuery(request.query).query, reading, shared), startSeconds, intervalSeconds };
  });
  const { metricsTable, clock, retention } = app;
  await shared.readFrom(dynamoMetricSource(metricsTable, { nowSeconds: epochSeconds(clock), retention, limits }));
  return answers.map(({ evaluate, startSeconds, intervalSeconds }) => {
    const found = [...valuesOf(evaluate())].map(([at, value]) => [at + intervalSeconds, value] as const);
    return new Map(found.filter(([end]) => end > startSeconds));
  });
}

/** By the start of the last interval of each window. */
function* valuesOf(evaluated: Evaluated): Generator<readonly [at: number, value: number]> {
  if (evaluated.kind === 'number') return;
  for (const [at, value] of evaluated.groups.get('[]')?.values ?? []) {
    const number = single(value);
    if (number !== null) yield [at, number];
  }
}
