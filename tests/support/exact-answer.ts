import type { MetricPoint, Sample } from '../../lib/metrics/metric-point.ts';
import type { Expression, Leaf, Question } from './random-question.ts';

/** A point as it was sent, and by whom. */
export interface SentPoint {
  readonly projectId: string;
  readonly mri: string;
  readonly point: MetricPoint;
}

/** What an answer has to be: a number exactly but for what decimals lose, or within a part of itself. */
export interface ExactValue {
  readonly value: number | null;
  readonly within: number;
}

/** Values by the start of their interval and their group, as a text. */
export type ExactRows = ReadonlyMap<string, ExactValue>;

/** The name of a row; both sides of a comparison make it. */
export function rowName(startSeconds: number | undefined, columns: readonly (string | number)[]): string {
  return JSON.stringify([startSeconds ?? null, ...columns.map(String)]);
}

/** How far decimals may be off that binary fractions cannot hold. */
const rounding = 1e-11;

/**
 * Answers a question by going through all points one by one: nothing of what answers queries is used, so that both can
 * be compared.
 */
export function exactAnswer(points: readonly SentPoint[], question: Question, intervalSeconds?: number): ExactRows {
  return evaluate(points, question.expression, { ...question, intervalSeconds });
}

function evaluate(points: readonly SentPoint[], expression: Expression, question: Question): ExactRows {
  if ('metric' in expression) return leafRows(points, expression, question);
  const left = evaluate(points, expression.left, question);
  if (typeof expression.right === 'number') {
    const { right } = expression;
    return new Map([...left].map(([name, { value }]) => [name, exact(operate(expression.operator, value, right))]));
  }
  const right = evaluate(points, expression.right, question);
  const names = new Set([...left.keys(), ...right.keys()]);
  return new Map(
    [...names].map((name) => {
      const [one, other] = [left.get(name)?.value ?? null, right.get(name)?.value ?? null];
      return [name, exact(operate(expression.operator, one, other))];
    }),
  );
}

function operate(operator: string, left: number | null, right: number | null): number | null {
  if (left === null || right === null || (operator === '/' && right === 0)) return null;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '*' ? left * right : left / right;
}

function leafRows(points: readonly SentPoint[], leaf: Leaf, question: Question): ExactRows {
  const { projectIds, intervalSeconds } = question;
  const granularity = granularityOf(question);
  const [start, end] = wholeIntervals(question);
  const found = new Map<string, SentPoint[]>();
  for (const sent of points) {
    const { projectId, point, mri } = sent;
    if (mri !== leaf.metric || !projectIds.includes(projectId)) continue;
    // Of a bucket it is known when it starts, and not more.
    const at = floor(point.timestamp ?? 0, granularity);
    if (at < start || at >= end) continue;
    const tagOf = (tag: string) => (tag === 'project_id' ? projectId : (point.tags[tag] ?? ''));
    if (leaf.filter !== undefined && !leaf.filter.holds(tagOf)) continue;
    const name = rowName(
      intervalSeconds === undefined ? undefined : floor(at, intervalSeconds),
      question.groupBy.map(tagOf),
    );
    const row = found.get(name);
    if (row === undefined) found.set(name, [sent]);
    else row.push(sent);
  }
  return new Map([...found].map(([name, row]) => [name, aggregate(leaf, row)]));
}

function wholeIntervals({ startSeconds, endSeconds, intervalSeconds }: Question): [number, number] {
  if (intervalSeconds === undefined) return [startSeconds, endSeconds];
  return [floor(startSeconds, intervalSeconds), Math.ceil(endSeconds / intervalSeconds) * intervalSeconds];
}

function granularityOf({ startSeconds, endSeconds, intervalSeconds, wholeInterval }: Question): number {
  const steps = [86_400, 3_600, 60, 10];
  const interval = intervalSeconds ?? wholeInterval;
  if (interval !== undefined) return steps.find((step) => step <= interval) ?? 10;
  const of = (at: number) => steps.find((step) => (at % 86_400) % step === 0) ?? 10;
  return Math.min(of(startSeconds), of(endSeconds));
}

function aggregate({ aggregate: name }: Leaf, sent: readonly SentPoint[]): ExactValue {
  const samples = sent.map(({ point }) => point);
  if (name === 'last') return exact(latest(samples));
  if (name === 'uniq') {
    const members = new Set(samples.flatMap(({ sample }) => ('members' in sample ? sample.members : [])));
    return { value: members.size, within: members.size > 1_000 ? 0.02 : 0 };
  }
  const all = samples.map(({ sample }) => sample).flatMap(told);
  const count = all.reduce((sum, one) => sum + one.count, 0);
  const sum = exactSum(all.map((one) => one.sum));
  if (name === 'count') return { value: count, within: 0 };
  if (name === 'sum') return exact(sum);
  if (name === 'avg') return exact(sum / count);
  if (name === 'min') return { value: all.reduce((least, { min }) => Math.min(least, min), Infinity), within: 0 };
  if (name === 'max') return { value: all.reduce((most, { max }) => Math.max(most, max), -Infinity), within: 0 };
  const values = samples.flatMap(({ sample }) => valuesOf(sample)).sort((one, other) => one - other);
  return { value: values[Math.floor((Number(name.slice(1)) / 100) * (values.length - 1))] ?? null, within: 0.01 };
}

/** Sums and products of decimals have some error of their own; what cancels itself out nearly has it of its parts. */
function exact(value: number | null): ExactValue {
  return { value, within: rounding };
}

interface Told {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

function told(sample: Sample): Told[] {
  if (sample.type === 'g') return [sample];
  if ('increment' in sample) return [{ count: 1, sum: sample.increment, min: Number.NaN, max: Number.NaN }];
  return valuesOf(sample).map((value) => ({ count: 1, sum: value, min: value, max: value }));
}

function valuesOf(sample: Sample): number[] {
  if ('values' in sample) return [...sample.values];
  return 'bins' in sample ? sample.bins.flatMap(([value, times]) => Array<number>(times).fill(value)) : [];
}

function latest(points: readonly MetricPoint[]): number | null {
  const gauges = points.flatMap(({ sample, timestamp = 0 }) =>
    sample.type === 'g' ? [{ at: timestamp, last: sample.last }] : [],
  );
  gauges.sort((one, other) => one.at - other.at || one.last - other.last);
  return gauges.at(-1)?.last ?? null;
}

/** Of decimals with three digits behind the point, by way of whole numbers. */
function exactSum(values: readonly number[]): number {
  const thousandths = values.reduce((sum, value) => sum + BigInt(Math.round(value * 1_000)), 0n);
  return Number(thousandths) / 1_000;
}

function floor(seconds: number, step: number): number {
  return Math.floor(seconds / step) * step;
}
