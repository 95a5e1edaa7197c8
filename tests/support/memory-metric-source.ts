import type { MetricSource, Rollup } from '../../lib/metrics/mql/metric-source.ts';
import { QuantileSketch } from '../../lib/metrics/sketches/quantile-sketch.ts';
import { UniqueCounter } from '../../lib/metrics/sketches/unique-counter.ts';

/** What a gauge tells in one point. */
export interface GaugeValue {
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly count: number;
  readonly last: number;
}

/** One point of a metric. */
export interface MemoryPoint {
  readonly atSeconds: number;
  readonly value: number | string | GaugeValue;
  readonly tags: Readonly<Record<string, string>>;
  readonly projectId?: string;
}

/** Points in memory, each a bucket of its own in whichever granularity is asked for. */
export function memoryMetricSource(metrics: Readonly<Record<string, readonly MemoryPoint[]>>): MetricSource {
  return {
    async read({ mri, projectIds, granularitySeconds, fromSeconds, untilSeconds }, take) {
      for (const { atSeconds, value, tags, projectId = '1' } of metrics[mri] ?? []) {
        const startSeconds = Math.floor(atSeconds / granularitySeconds) * granularitySeconds;
        if (startSeconds < fromSeconds || startSeconds >= untilSeconds || !projectIds.includes(projectId)) continue;
        take({ projectId, startSeconds, tags, rollup: rollupOf(mri, value, atSeconds) });
      }
    },
  };
}

function rollupOf(mri: string, value: MemoryPoint['value'], atSeconds: number): Rollup {
  const number = Number(value);
  switch (mri[0]) {
    case 'c':
      return { count: 1, sum: number, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
    case 's': {
      const members = new UniqueCounter();
      members.add(String(value));
      return { count: 1, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, members };
    }
    case 'g': {
      const gauge: GaugeValue =
        typeof value === 'object' ? value : { min: number, max: number, sum: number, count: 1, last: number };
      return { ...gauge, last: { value: gauge.last, atSeconds } };
    }
    default: {
      const sketch = new QuantileSketch();
      sketch.add(number);
      return { count: 1, sum: number, min: number, max: number, sketch };
    }
  }
}
