import { nowSeconds } from './folding-app.ts';
import type { Dice } from './pseudo-random.ts';
import { randomMetrics, randomTags } from './random-points.ts';

/** A condition as a query writes it, and whether it holds for a point. */
export interface TextFilter {
  readonly text: string;
  holds(tagOf: (tag: string) => string): boolean;
}

/** One aggregated metric. */
export interface Leaf {
  readonly metric: string;
  readonly aggregate: string;
  readonly filter: TextFilter | undefined;
}

/** What is asked: one metric, or arithmetic. */
export type Expression =
  | Leaf
  | { readonly operator: '+' | '-' | '*' | '/'; readonly left: Expression; readonly right: Expression | number };

/** A query, in parts that can be written as text and evaluated. */
export interface Question {
  readonly expression: Expression;
  readonly groupBy: readonly string[];
  readonly projectIds: readonly string[];
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly intervalSeconds: number | undefined;
  /** The interval that the buckets of the totals were chosen for. */
  readonly wholeInterval?: number | undefined;
}

const aggregates = {
  c: ['sum', 'count'],
  d: ['sum', 'count', 'min', 'max', 'avg', 'p50', 'p75', 'p90', 'p95', 'p99'],
  g: ['sum', 'count', 'min', 'max', 'avg', 'last'],
  s: ['uniq'],
} as const;

/** A question about random points, of any kind that there is. */
export function randomQuestion(dice: Dice): Question {
  const startSeconds = nowSeconds - dice.oneOf([600, 3_600, 3_661, 40_000, 86_400, 90_000] as const);
  return {
    expression: dice.happens(0.3) ? formula(dice) : leaf(dice, dice.oneOf(['c', 'd', 'g', 's'] as const)),
    groupBy: dice.shuffled(['route', 'environment', 'project_id', 'missing']).slice(0, dice.oneOf([0, 0, 1, 1, 2, 3])),
    projectIds: dice.oneOf([['7'], ['8'], ['7', '8'], ['7', '8', '9']] as const),
    startSeconds,
    endSeconds: dice.oneOf([nowSeconds + 60, nowSeconds + 10, nowSeconds - 300, nowSeconds - 7] as const),
    intervalSeconds: dice.oneOf([undefined, 10, 25, 60, 90, 300, 3_600, 7_200, 86_400] as const),
  };
}

/** The question in the language. */
export function textOf({ expression, groupBy }: Question): string {
  const by = groupBy.length === 0 ? '' : ` by (${groupBy.join(', ')})`;
  return `(${expressionText(expression)})${by}`;
}

function expressionText(expression: Expression): string {
  if ('metric' in expression) {
    const { metric, aggregate, filter } = expression;
    return `${aggregate}(${metric})${filter === undefined ? '' : `{${filter.text}}`}`;
  }
  const { operator, left, right } = expression;
  return `(${expressionText(left)} ${operator} ${typeof right === 'number' ? right : expressionText(right)})`;
}

function leaf(dice: Dice, type: keyof typeof randomMetrics): Leaf {
  return {
    metric: dice.oneOf(randomMetrics[type]),
    aggregate: dice.oneOf<string>(aggregates[type]),
    filter: dice.happens(0.6) ? filter(dice, 2) : undefined,
  };
}

/** Arithmetic of what is exact. */
function formula(dice: Dice): Expression {
  const counted = (): Leaf => ({
    ...leaf(dice, dice.oneOf(['c', 'd', 'g'] as const)),
    aggregate: dice.oneOf(['sum', 'count'] as const),
  });
  const operator = dice.oneOf(['+', '-', '*', '/'] as const);
  const right = dice.happens(0.3) ? dice.between(0, 5) : counted();
  const first: Expression = { operator, left: counted(), right };
  return dice.happens(0.3) ? { operator: '+', left: first, right: counted() } : first;
}

function filter(dice: Dice, depth: number): TextFilter {
  if (depth === 0 || dice.happens(0.5)) return condition(dice);
  const parts = Array.from({ length: dice.between(2, 3) }, () => filter(dice, depth - 1));
  const [joiner, isEvery] = dice.oneOf([
    [' and ', true],
    [', ', true],
    [' ', true],
    [' OR ', false],
  ] as const);
  return {
    text: `(${parts.map(({ text }) => text).join(joiner)})`,
    holds: (tagOf) => (isEvery ? parts.every((part) => part.holds(tagOf)) : parts.some((part) => part.holds(tagOf))),
  };
}

function condition(dice: Dice): TextFilter {
  const tag = dice.oneOf(['route', 'environment', 'missing'] as const);
  const values: readonly string[] = tag === 'missing' ? ['', 'x'] : [...randomTags[tag], 'unheard of'];
  const isNegative = dice.happens(0.4);
  const [text, holds] = comparison(dice, values);
  return { text: `${isNegative ? '!' : ''}${tag}:${text}`, holds: (tagOf) => holds(tagOf(tag)) !== isNegative };
}

function comparison(dice: Dice, values: readonly string[]): [text: string, holds: (value: string) => boolean] {
  const one = dice.oneOf(values);
  if (dice.happens(0.4)) return [quoted(one), (value) => value === one];
  if (dice.happens(0.5)) {
    const list = dice.shuffled(values).slice(0, dice.between(1, 3));
    return [`[${list.map(quoted).join(', ')}]`, (value) => list.includes(value)];
  }
  const begin = dice.oneOf(['/', '/check', '/cart', 'prod', 's'] as const);
  return [`${begin}*`, (value) => value.startsWith(begin)];
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '\\"')}"`;
}
