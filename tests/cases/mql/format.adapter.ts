import * as z from 'zod';
import { formatFieldValue, labelOfField, parseMetricField } from '../../../lib/metrics/metric-field.ts';
import type { CaseAdapter } from '../case.ts';
import { same } from '../releases/compare.ts';

const form = z.strictObject({
  given: z.strictObject({}),
  when: z.strictObject({ field: z.string(), value: z.string() }),
  then: z.strictObject({ label: z.string(), value: z.string() }),
});

const decimal = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const sizes = /^(?:bit|byte|(kilo|mega|giga|tera|peta|exa)byte|(ki|me|gi|te|pe|ex)bibyte)$/;
const orders = ['kilo', 'mega', 'giga', 'tera', 'peta', 'exa'];
const binaryOrders = ['ki', 'me', 'gi', 'te', 'pe', 'ex'];

/** Cases of what a field is called and how its values read. */
export const mqlFormat: CaseAdapter = async ({ given, when, then }) => {
  form.shape.given.parse(given);
  const { field, value } = form.shape.when.parse(when);
  const expected = form.shape.then.parse(then);
  const parsed = parseMetricField(field);
  const label = parsed === undefined ? field : labelOfField(parsed);
  same(label, expected.label);
  if (parsed === undefined) {
    same(value, expected.value);
    return undefined;
  }
  const ours = formatFieldValue(parsed, Number(value));
  if (ours === expected.value) return undefined;
  const bytes = sizeOf(parsed.metric.unit, Number(value));
  if (bytes === undefined || /^-?[\d.,]+ B$/.test(expected.value)) {
    const [theirNumber, theirUnit] = numberAndUnit(expected.value);
    const [ourNumber, ourUnit] = numberAndUnit(ours);
    same(ourUnit.replace('%', ''), theirUnit);
    same(Math.abs(ourNumber - theirNumber) <= 0.005_01, true);
    return {
      differsOnPurpose: ourUnit.endsWith('%')
        ? 'values carry their units, also per cent'
        : 'numbers have thousands separators and no zeros at their end',
    };
  }
  const [, number = '', symbol = ''] = /^(-?[\d.,]+) (\w+)$/.exec(ours) ?? [];
  const shown = Number(number.replaceAll(',', '')) * 1_000 ** decimal.indexOf(symbol);
  same(Math.abs(shown - bytes) <= 0.006 * Math.abs(bytes), true);
  return { differsOnPurpose: 'a kilobyte is 1,000 bytes and a kibibyte 1,024; sizes are shown in steps of 1,000' };
};

/** A value in bytes; undefined when its unit is none of size. */
function sizeOf(unit: string, value: number): number | undefined {
  const match = sizes.exec(unit);
  if (match === null) return undefined;
  const [, order, binaryOrder] = match;
  if (order !== undefined) return value * 1_000 ** (orders.indexOf(order) + 1);
  if (binaryOrder !== undefined) return value * 1_024 ** (binaryOrders.indexOf(binaryOrder) + 1);
  return unit === 'bit' ? value / 8 : value;
}

function numberAndUnit(text: string): readonly [number: number, unit: string] {
  const [, number = '', unit = ''] = /^(-?[\d.,]+(?:e[+-]?\d+)?)(.*)$/.exec(text) ?? [];
  return [Number(number.replaceAll(',', '')), unit];
}
