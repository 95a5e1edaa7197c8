import { printFilter } from '../../../lib/metrics/mql/print-query.ts';
import type { Operand, Parameter, Query } from '../../../lib/metrics/mql/syntax-tree.ts';

const infix: Readonly<Record<string, string>> = { plus: '+', minus: '-', multiply: '*', divide: '/' };

/** A query as the other system prints it, which does not always read as the same query again. */
export function theirPrint(query: Query): string {
  const filters = query.filters.map((filter) => printFilter(filter).replaceAll('\n', '\\n'));
  const braces = filters.length === 0 ? '' : `{${filters.join(' AND ')}}`;
  const by = query.groupBy.length === 0 ? '' : ` by (${query.groupBy.join(', ')})`;
  return `${call(query)}${braces}${by}`;
}

function call(query: Query): string {
  if (query.kind === 'timeseries') {
    const { metric, aggregate, parameters } = query;
    return `${aggregate}${curried(parameters)}(${'mri' in metric ? metric.mri : metric.publicName})`;
  }
  const { function: name, parameters } = query;
  const operands = query.operands.map(operandText);
  if (infix[name] !== undefined && operands.length === 2) return `(${operands.join(` ${infix[name]} `)})`;
  return `${name === 'negate' ? '-' : name}${curried(parameters)}(${operands.join(', ')})`;
}

function operandText(operand: Operand): string {
  return typeof operand === 'object' ? theirPrint(operand) : plain(operand);
}

function curried(parameters: readonly Parameter[]): string {
  return parameters.length === 0 ? '' : `(${parameters.map(plain).join(', ')})`;
}

/** Their texts lose the quotation marks. */
function plain(value: Parameter): string {
  return typeof value === 'number' ? number(value) : value;
}

/** Their numbers have an exponent from 16 digits on, and below a ten-thousandth. */
function number(value: number): string {
  if (value === 0) return '0.0';
  if (Math.abs(value) < 1e16 && Math.abs(value) >= 1e-4) return Number.isInteger(value) ? `${value}.0` : String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
