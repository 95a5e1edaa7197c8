import { queryMessages } from '../messages.ts';
import { type MetricName, parseMri } from '../metric-name.ts';
import { QueryRefusedError } from './query-error.ts';
import { isQuery, type MetricReference, type Query } from './syntax-tree.ts';
import { namespaces, wellKnownMetrics } from './well-known-metrics.ts';

/** The metrics of a query. */
export interface ResolvedMetrics {
  /** The one namespace that they all live in. */
  readonly namespace: string;
  /** What public names were resolved to. */
  readonly names: Readonly<Record<string, string>>;
}

/** The id that a query means. @throws QueryRefusedError when there is no such name or it is no id */
export function resolveMetric(metric: MetricReference, extraNames?: ReadonlyMap<string, string>): MetricName {
  const text = 'mri' in metric ? metric.mri : idOf(metric.publicName, extraNames);
  const name = parseMri(text);
  if (name === undefined) throw new QueryRefusedError(queryMessages.noMri(text));
  return name;
}

/** Looks up every metric of a query. @throws QueryRefusedError when one is unknown or they live in several namespaces */
export function resolveMetrics(query: Query, extraNames?: ReadonlyMap<string, string>): ResolvedMetrics {
  const names = new Map<string, string>();
  const found = new Set<string>();
  for (const metric of metricsIn(query)) {
    found.add(resolveMetric(metric, extraNames).namespace);
    if ('publicName' in metric) names.set(metric.publicName, idOf(metric.publicName, extraNames));
  }
  const [namespace = '', ...others] = found;
  if (others.length > 0) throw new QueryRefusedError(queryMessages.severalUseCases([...found]));
  if (!namespaces.includes(namespace)) {
    throw new QueryRefusedError(queryMessages.unknownNamespace(namespace, namespaces));
  }
  return { namespace, names: Object.fromEntries(names) };
}

function* metricsIn(query: Query): Generator<MetricReference> {
  if (query.kind === 'timeseries') yield query.metric;
  else for (const operand of query.operands) if (isQuery(operand)) yield* metricsIn(operand);
}

function idOf(publicName: string, extraNames: ReadonlyMap<string, string> | undefined): string {
  const id = extraNames?.get(publicName) ?? wellKnownMetrics.get(publicName);
  if (id === undefined) throw new QueryRefusedError(queryMessages.unknownName(publicName));
  return id;
}
