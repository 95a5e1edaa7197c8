import { describe, expect, it } from 'vitest';
import { formatFieldValue, labelOfField, parseMetricField } from './metric-field.ts';

describe('a field of a metric', () => {
  it.each([
    ['avg(d:custom/load@second)', 90, 'avg(load)', '1.5 m'],
    ['p95(d:custom/load@millisecond)', 1_234, 'p95(load)', '1.23 s'],
    ['count(d:custom/load@second)', 1_500, 'count(load)', '1,500'],
    ['count_unique(s:custom/users@none)', 3, 'count_unique(users)', '3'],
    ['sum(d:custom/size@kilobyte)', 5, 'sum(size)', '5 KB'],
  ])('%s has a label and a unit', (text, value, label, formatted) => {
    const field = parseMetricField(text);
    expect(field && labelOfField(field)).toBe(label);
    expect(field && formatFieldValue(field, value)).toBe(formatted);
  });

  it.each(['count()', 'avg(load)', 'median(d:custom/load@second)', 'd:custom/load@second', '', 'avg(d:custom/load)'])(
    '%j is none',
    (text) => {
      expect(parseMetricField(text)).toBeUndefined();
    },
  );
});
