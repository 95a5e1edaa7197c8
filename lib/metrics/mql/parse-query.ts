import { queryMessages } from '../messages.ts';
import { checkSize } from './check-size.ts';
import { readBraces } from './parse-filter.ts';
import type { Formula, MetricReference, Operand, Parameter, Query, Timeseries } from './syntax-tree.ts';
import { type Rule, TextCursor } from './text-cursor.ts';
import { tokens, unquote } from './tokens.ts';

const { expected, hints } = queryMessages;

/** A metric that is not aggregated yet; it ends up in an aggregate, or in an error that tells where it stands. */
type BareMetric = Pick<Timeseries, 'metric' | 'filters' | 'groupBy'> & { readonly kind: 'metric'; readonly at: number };
type Part = Operand | BareMetric;

/**
 * Reads a text of the metrics query language.
 * @throws QuerySyntaxError with the place, or QueryRefusedError when the text is too large
 */
export function parseQuery(text: string): Query {
  const cursor = new TextCursor(text);
  const start = cursor.at;
  const query = aggregated(cursor, sum(cursor));
  if (!cursor.isAtEnd) return cursor.fail(expected.operatorOrEnd);
  if (typeof query === 'number') return cursor.fail(expected.metric, hints.onlyNumber, start);
  if (typeof query === 'string') return cursor.fail(expected.metric, hints.onlyText, start);
  checkSize(query);
  return query;
}

// Recursive descent: a function a rule, from the outermost inwards. What comes next tells which; nothing is read twice.

const functions: Readonly<Record<string, string>> = { '+': 'plus', '-': 'minus', '*': 'multiply', '/': 'divide' };

function sum(cursor: TextCursor): Part {
  return chain(cursor, tokens.plusOrMinus, product);
}

function product(cursor: TextCursor): Part {
  return chain(cursor, tokens.timesOrOver, signed);
}

function chain(cursor: TextCursor, operator: RegExp, part: Rule<Part>): Part {
  let left = part(cursor);
  for (;;) {
    const name = functions[cursor.take(operator) ?? ''];
    if (name === undefined) return left;
    left = formula(name, [aggregated(cursor, left), aggregated(cursor, part(cursor))]);
  }
}

function signed(cursor: TextCursor): Part {
  const { at } = cursor;
  if (cursor.take(tokens.negative) === undefined) return atom(cursor);
  const operand = aggregated(cursor, atom(cursor));
  if (typeof operand === 'object') return formula('negate', [operand]);
  if (typeof operand === 'string') return cursor.fail(expected.numberOrMetric, hints.negateText, at);
  return operand === 0 ? 0 : -operand;
}

function atom(cursor: TextCursor): Part {
  cursor.count('operands');
  const { at } = cursor;
  const digits = cursor.take(tokens.number);
  if (digits !== undefined) {
    const number = Number(digits);
    return Number.isFinite(number) ? number : cursor.fail(expected.number, hints.numberTooLarge, at);
  }
  const text = cursor.take(tokens.quoted);
  return text === undefined ? filtered(cursor) : unquote(text);
}

function filtered(cursor: TextCursor): Part {
  const part = target(cursor);
  const { at } = cursor;
  const filters = readBraces(cursor);
  const groupBy = cursor.take(tokens.by) === undefined ? [] : tagsToGroupBy(cursor);
  if (cursor.at === at) return part;
  if (typeof part !== 'object') return cursor.fail(expected.operatorOrEnd, hints.onlyNumber, at);
  return { ...part, filters: [...filters, ...part.filters], groupBy: [...groupBy, ...part.groupBy] };
}

function tagsToGroupBy(cursor: TextCursor): readonly string[] {
  const tag = () => cursor.need(tokens.tag, expected.tagToGroupBy);
  const tags = () => cursor.separated(tokens.comma, tag);
  return cursor.between(tokens.parentheses, tags, expected.commaOrParenthesis) ?? [tag()];
}

function target(cursor: TextCursor): Part {
  const { at } = cursor;
  const operand = () => aggregated(cursor, sum(cursor));
  const inside = cursor.between(tokens.parentheses, operand, expected.operatorOrParenthesis);
  if (inside !== undefined) return inside;
  const name = cursor.take(tokens.functionName);
  if (name === undefined) return { kind: 'metric', metric: metric(cursor), filters: [], groupBy: [], at };
  if (cursor.at > at + name.length) cursor.fail(expected.parenthesis, hints.touching, at + name.length);
  return call(cursor, name);
}

/** An aggregate when the one thing in parentheses is a metric, a formula when everything in them is aggregated. */
function call(cursor: TextCursor, name: string): Query {
  const parameters = parametersIn(cursor.take(tokens.parameters));
  const sums = () => cursor.separated(tokens.comma, sum);
  const parts = cursor.between(tokens.parentheses, sums, expected.operatorCommaOrParenthesis) ?? [];
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && isBare(first)) {
    const { metric, filters, groupBy } = first;
    return { kind: 'timeseries', metric, aggregate: name, parameters, filters, groupBy };
  }
  const hint = parameters.length > 0 ? hints.manyArguments : hints.needsAggregate;
  const operands = parts.map((part) => aggregated(cursor, part, hint));
  return formula(name, operands, parameters);
}

function parametersIn(written = ''): readonly Parameter[] {
  return [...written.matchAll(tokens.parameter)].map(([word]) => {
    const number = /^\d/.test(word) ? Number(word) : Number.NaN;
    return Number.isFinite(number) ? number : unquote(word);
  });
}

function metric(cursor: TextCursor): MetricReference {
  const name = cursor.take(tokens.mri) ?? cursor.take(tokens.publicName) ?? cursor.take(tokens.inBackquotes);
  if (name === undefined) return cursor.fail(expected.operand);
  return name.includes(':') ? { mri: name } : { publicName: name };
}

function formula(name: string, operands: readonly Operand[], parameters: readonly Parameter[] = []): Formula {
  return { kind: 'formula', function: name, parameters, operands, filters: [], groupBy: [] };
}

/** What may stand in arithmetic and alone: a metric has to be aggregated first. */
function aggregated(cursor: TextCursor, part: Part, hint: string = hints.needsAggregate): Operand {
  return isBare(part) ? cursor.fail(expected.aggregate, hint, part.at) : part;
}

function isBare(part: Part): part is BareMetric {
  return typeof part === 'object' && part.kind === 'metric';
}
