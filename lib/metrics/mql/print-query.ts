import { printNumber } from './print-number.ts';
import { type Filter, isQuery, type MetricReference, type Operand, type Parameter, type Query } from './syntax-tree.ts';
import { tokens } from './tokens.ts';

const infix: Readonly<Record<string, string>> = { plus: '+', minus: '-', multiply: '*', divide: '/' };

/** The query as text, always in the same words; reading it gives the same query again. */
export function printQuery(query: Query): string {
  const { text, filters } = query.kind === 'timeseries' ? aggregateOf(query) : formulaOf(query);
  // Each filter has braces of its own, the outermost last; more than one pair only goes around parentheses.
  const filtered = filters.reduceRight(
    (inside, filter, index) => `${index < filters.length - 1 ? `(${inside})` : inside}{${printFilter(filter)}}`,
    text,
  );
  return query.groupBy.length === 0 ? filtered : `${filtered} by (${query.groupBy.join(', ')})`;
}

type Printed = { readonly text: string; readonly filters: readonly Filter[] };

/** One filter stands behind the call, where people write it; of several the innermost stands at the metric. */
function aggregateOf(query: Extract<Query, { kind: 'timeseries' }>): Printed {
  const inner = query.filters.length > 1 ? query.filters.at(-1) : undefined;
  const braces = inner === undefined ? '' : `{${printFilter(inner)}}`;
  return {
    text: `${query.aggregate}${printParameters(query.parameters)}(${printMetric(query.metric)}${braces})`,
    filters: inner === undefined ? query.filters : query.filters.slice(0, -1),
  };
}

function formulaOf(query: Extract<Query, { kind: 'formula' }>): Printed {
  const { function: name, parameters, operands, filters } = query;
  const [left, right] = operands;
  const operator = infix[name];
  if (parameters.length === 0 && operands.length === 2 && operator !== undefined) {
    return { text: `(${printOperand(left as Operand)} ${operator} ${printOperand(right as Operand)})`, filters };
  }
  // A minus before a number is a part of the number, and before a text nothing.
  if (parameters.length === 0 && operands.length === 1 && name === 'negate' && isQuery(left as Operand)) {
    const text = `-(${printOperand(left as Operand)})`;
    return { text: filters.length + query.groupBy.length > 0 ? `(${text})` : text, filters };
  }
  return { text: `${name}${printParameters(parameters)}(${operands.map(printOperand).join(', ')})`, filters };
}

function printOperand(operand: Operand): string {
  if (typeof operand === 'number') return printNumber(operand);
  return typeof operand === 'string' ? quote(operand) : printQuery(operand);
}

function printParameters(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  return `(${parameters.map((one) => (typeof one === 'number' ? printNumber(one) : quote(one))).join(', ')})`;
}

/** In backquotes only where the id would be read differently without. */
function printMetric(metric: MetricReference): string {
  if ('publicName' in metric) return metric.publicName;
  tokens.mri.lastIndex = 0;
  return tokens.mri.exec(metric.mri)?.[0] === metric.mri ? metric.mri : `\`${metric.mri}\``;
}

/** Conditions as text, without braces: levels in parentheses. */
export function printFilter(filter: Filter): string {
  if ('and' in filter) return `(${filter.and.map(printFilter).join(' AND ')})`;
  if ('or' in filter) return `(${filter.or.map(printFilter).join(' OR ')})`;
  const { tag, operator, value } = filter;
  const isNegative = operator === '!=' || operator.startsWith('NOT ');
  const text = typeof value === 'string' ? quote(value) : `[${value.map(quote).join(', ')}]`;
  return `${isNegative ? '!' : ''}${tag}:${text}`;
}

/** A text in quotation marks, as it is read. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
