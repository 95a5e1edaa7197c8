import { type MetricName, parseMri } from '../metrics/index.ts';
import type { AlertRule } from './alert-rule-store.ts';

/** The counter whose sum a rule watches. @throws TypeError when it watches something else */
export function watchedCounter({ id, aggregate }: Pick<AlertRule, 'id' | 'aggregate'>): MetricName {
  const [, field = ''] = /^sum\((.+)\)$/su.exec(aggregate) ?? [];
  const metric = parseMri(field);
  if (metric === undefined) throw new TypeError(`The rule ${id} watches no counter.`);
  return metric;
}
