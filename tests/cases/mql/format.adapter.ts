import * as z from 'zod';
import {
  formatFieldValue,
  labelOfField,
  type MetricField,
  parseMetricField,
  unitOfField,
} from '../../../lib/metrics/metric-field.ts';
import type { CaseAdapter } from '../case.ts';
import { same } from '../releases/compare.ts';
import { bytesOf, theirBytesOf } from './sizes.ts';

const form = z.strictObject({
  given: z.strictObject({}),
  when: z.strictObject({ field: z.string(), value: z.union([z.string(), z.number()]).transform(String) }),
  then: z.strictObject({ label: z.string().optional(), value: z.string().optional(), error: z.string().optional() }),
});

/** Metrics that are worked out of others, which ours are by formulas. */
const derived = /^\w+\(e:[^)]*@[^)]*\)$/;

/** Cases of what a field is called and how its values read. */
export const mqlFormat: CaseAdapter = async ({ given, when, then }) => {
  form.shape.given.parse(given);
  const { field, value } = form.shape.when.parse(when);
  const expected = form.shape.then.parse(then);
  if (derived.test(field)) return { notExpressed: 'there are no derived metrics: what they tell, formulas do' };
  const parsed = parseMetricField(field);
  const isNumber = parsed === undefined || Number.isFinite(Number(value));
  same(expected.error !== undefined, !isNumber);
  if (!isNumber) return { notExpressed: 'values come as numbers, so that no other text is ever formatted' };
  if (expected.label !== undefined) same(parsed === undefined ? field : labelOfField(parsed), expected.label);
  const ours = parsed === undefined ? value : formatFieldValue(parsed, Number(value));
  if (expected.value === undefined || ours === expected.value) return undefined;
  if (parsed === undefined) same(ours, expected.value);
  return parsed && { differsOnPurpose: whyDifferent(parsed, { value: Number(value), ours, theirs: expected.value }) };
};

interface Shown {
  readonly value: number;
  readonly ours: string;
  readonly theirs: string;
}

/** @throws AssertionError when it is not on purpose */
function whyDifferent(field: MetricField, { value, ours, theirs }: Shown): string {
  const unit = unitOfField(field);
  const [theirNumber, theirUnit] = numberAndUnit(theirs);
  const [ourNumber, ourUnit] = numberAndUnit(ours);
  const isNear = (one: number, other: number) => Math.abs(one - other) <= 0.005_01;
  // Half of the last digit goes up here; there it goes where floating point has it.
  const isHalf = unit === 'none' && isNear(ourNumber, value) && isNear(theirNumber, value);
  const isRounded = isNear(ourNumber, theirNumber) || isHalf;
  const bytes = bytesOf(unit, value);
  if (bytes === undefined || (ourUnit === theirUnit && isRounded)) {
    same(ourUnit.replace('%', ''), theirUnit);
    if (!isRounded) same(ours, theirs);
    return ourUnit.endsWith('%')
      ? 'values carry their units, also per cent'
      : 'numbers have thousands separators and no zeros at their end';
  }
  const near = (shown: number, exact: number) => Math.abs(shown - exact) <= 0.006 * Math.abs(exact);
  const isRight = near(ourNumber * 1_000 ** stepOf(ourUnit), bytes);
  const isTheirs = near(theirNumber * 1_024 ** stepOf(theirUnit), theirBytesOf(unit, value) ?? bytes);
  if (!isRight || !isTheirs) same(ours, theirs);
  return 'a kilobyte is 1,000 bytes and a kibibyte 1,024; sizes are shown in steps of 1,000';
}

/** How many steps of size a symbol is above the byte. */
function stepOf(symbol: string): number {
  return ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'].indexOf(symbol.trim());
}

function numberAndUnit(text: string): readonly [number: number, unit: string] {
  const [, number = '', unit = ''] = /^(-?[\d.,]+(?:e[+-]?\d+)?)(.*)$/.exec(text) ?? [];
  return [Number(number.replaceAll(',', '')), unit];
}
