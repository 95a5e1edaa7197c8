import { MetricUnit, Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';

/** Counts what happens; CloudWatch reads it from the log (embedded metric format). */
export interface Metrics {
  /** Adds `by` to the counter `name`, which has dotted parts such as `releases.create.success`. */
  count(name: string, by?: number): void;
  /** Writes what was counted since the last call. */
  flush(): void;
}

/** Counters in CloudWatch's embedded metric format; namespace and service come from the `POWERTOOLS_*` variables. */
export function emfMetrics(): Metrics {
  const metrics = new PowertoolsMetrics();
  return {
    count: (name, by = 1) => metrics.addMetric(name, MetricUnit.Count, by),
    flush: () => metrics.publishStoredMetrics(),
  };
}
