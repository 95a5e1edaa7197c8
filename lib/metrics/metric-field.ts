import { formatValue } from './format-value.ts';
import { type MetricName, parseMri } from './metric-name.ts';
import { aggregates, aliases } from './mql/aggregates.ts';

/** An aggregate of a metric as alerts and charts name it: `avg(d:custom/load@second)`. */
export interface MetricField {
  readonly aggregate: string;
  readonly metric: MetricName;
}

/** Aggregates whose result is a number of something, whatever unit the points have. */
const counting = new Set(['count', 'count_unique', 'uniq']);

/** The field in a text; undefined when it is none, or its aggregate does not exist. */
export function parseMetricField(text: string): MetricField | undefined {
  const [, aggregate = '', id = ''] = /^(\w+)\((.+)\)$/su.exec(text) ?? [];
  const metric = parseMri(id);
  const isKnown = aggregates.has(aggregate) || aliases.has(aggregate);
  return metric === undefined || !isKnown ? undefined : { aggregate, metric };
}

/** What a field is called: its aggregate and the name alone. */
export function labelOfField({ aggregate, metric }: MetricField): string {
  return `${aggregate}(${metric.name})`;
}

/** What a value of the field is counted in; `none` where it is a number of something, whatever unit the points have. */
export function unitOfField({ aggregate, metric }: MetricField): string {
  return counting.has(aggregate) ? 'none' : metric.unit;
}

/** A value of a field with its unit. */
export function formatFieldValue(field: MetricField, value: number): string {
  return formatValue(value, unitOfField(field));
}
