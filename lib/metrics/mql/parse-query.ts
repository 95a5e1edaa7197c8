import { queryMessages } from '../messages.ts';
import { buildCall, type Call } from './build-call.ts';
import { checkSize } from './check-size.ts';
import { queryLimits } from './limits.ts';
import { Nesting } from './nesting.ts';
import { FilterParser } from './parse-filter.ts';
import { parseGroupBy } from './parse-group-by.ts';
import { parseMetric } from './parse-metric.ts';
import { QueryRefusedError } from './query-error.ts';
import { isQuery, type Operand, type Parameter, type Query } from './syntax-tree.ts';
import { TextCursor } from './text-cursor.ts';
import { tokens, unquote } from './tokens.ts';
import { type BareMetric, isBareMetric, withFilters } from './unfinished.ts';

const { expected, hints } = queryMessages;

/**
 * Reads a text of the metrics query language.
 * @throws QuerySyntaxError with the place, or QueryRefusedError when the text is too large
 */
export function parseQuery(text: string): Query {
  if (text.length > queryLimits.characters) throw new QueryRefusedError(queryMessages.tooLong(queryLimits.characters));
  const cursor = new TextCursor(text);
  cursor.skipSpace();
  const start = cursor.at;
  const query = new QueryParser(cursor).whole();
  if (typeof query === 'number') return cursor.fail(expected.metric, hints.onlyNumber, start);
  if (!isQuery(query)) return cursor.fail(expected.metric, hints.onlyText, start);
  checkSize(query);
  return query;
}

/** Recursive descent: a method a rule, and the first character tells which. Nothing is read twice. */
class QueryParser {
  readonly #cursor: TextCursor;
  readonly #nesting = new Nesting();
  readonly #filters: FilterParser;
  #operands = 0;

  constructor(cursor: TextCursor) {
    this.#cursor = cursor;
    this.#filters = new FilterParser(cursor, this.#nesting);
  }

  whole(): Operand {
    const cursor = this.#cursor;
    const operand = this.#finished(this.#sum());
    if (!cursor.isAtEnd) cursor.fail(expected.operatorOrEnd, this.#hintAfterOperand());
    return operand;
  }

  #sum(): Operand | BareMetric {
    return this.#chain({ '+': 'plus', '-': 'minus' }, () => this.#product());
  }

  #product(): Operand | BareMetric {
    return this.#chain({ '*': 'multiply', '/': 'divide' }, () => this.#signed());
  }

  #chain(functions: Readonly<Record<string, string>>, part: () => Operand | BareMetric): Operand | BareMetric {
    const cursor = this.#cursor;
    let left = part();
    for (;;) {
      cursor.skipSpace();
      const name = functions[cursor.text[cursor.at] ?? ''];
      if (name === undefined) return left;
      cursor.at += 1;
      cursor.skipSpace();
      const operands = [this.#finished(left), this.#finished(part())];
      left = { kind: 'formula', function: name, parameters: [], operands, filters: [], groupBy: [] };
    }
  }

  #signed(): Operand | BareMetric {
    const at = this.#cursor.at;
    if (!this.#cursor.takeText('-')) return this.#atom();
    const operand = this.#finished(this.#atom());
    if (typeof operand === 'number') return operand === 0 ? 0 : -operand;
    if (typeof operand === 'string') return this.#cursor.fail(expected.numberOrMetric, hints.negateText, at);
    return { kind: 'formula', function: 'negate', parameters: [], operands: [operand], filters: [], groupBy: [] };
  }

  #atom(): Operand | BareMetric {
    const cursor = this.#cursor;
    this.#operands += 1;
    if (this.#operands > queryLimits.operands)
      throw new QueryRefusedError(queryMessages.tooManyOperands(queryLimits.operands));
    const at = cursor.at;
    const [digits] = cursor.take(tokens.number) ?? [];
    if (digits !== undefined) {
      const number = Number(digits);
      return Number.isFinite(number) ? number : cursor.fail(expected.number, hints.numberTooLarge, at);
    }
    const [, quoted] = cursor.take(tokens.quoted) ?? [];
    return quoted === undefined ? this.#filtered() : unquote(quoted);
  }

  #filtered(): Operand | BareMetric {
    const cursor = this.#cursor;
    const target = this.#target();
    const at = cursor.at;
    const filter = this.#filters.braces();
    const groupBy = parseGroupBy(cursor);
    if (typeof target !== 'object') {
      const hasMore = filter !== undefined || groupBy.length > 0;
      return hasMore ? cursor.fail(expected.operatorOrEnd, hints.onlyNumber, at) : target;
    }
    return withFilters(target, filter, groupBy);
  }

  #target(): Operand | BareMetric {
    const cursor = this.#cursor;
    const at = cursor.at;
    if (cursor.takeText('(')) {
      return this.#nesting.deeper(() => {
        cursor.skipSpace();
        const operand = this.#finished(this.#sum());
        cursor.expect(')', expected.operatorOrParenthesis, this.#hintAfterOperand());
        return operand;
      });
    }
    const [name] = cursor.take(tokens.functionName) ?? [];
    if (name !== undefined) return this.#call(name, at);
    const [apart] = cursor.sees(tokens.functionNameApart) ? (cursor.take(/[A-Za-z0-9_]+/y) ?? []) : [];
    if (apart !== undefined) cursor.fail(expected.parenthesis, hints.touching);
    return { kind: 'metric', metric: parseMetric(cursor), filters: [], groupBy: [], at };
  }

  #call(name: string, at: number): Operand {
    const cursor = this.#cursor;
    const [, written] = cursor.take(tokens.curried) ?? [];
    const parameters = parametersIn(written);
    const operands: Call['operands'] = this.#nesting.deeper(() => {
      const read: (Operand | BareMetric)[] = [];
      do {
        cursor.at += read.length === 0 ? 1 : 0;
        cursor.skipSpace();
        read.push(this.#sum());
      } while (cursor.takeText(','));
      cursor.expect(')', expected.operatorCommaOrParenthesis, this.#hintAfterOperand());
      return read;
    });
    return buildCall(cursor, { name, at, parameters, operands });
  }

  /** An operand that may stand in arithmetic and alone: a metric has to be aggregated first. */
  #finished(operand: Operand | BareMetric): Operand {
    if (!isBareMetric(operand)) return operand;
    return this.#cursor.fail(expected.aggregate, hints.needsAggregate, operand.at);
  }

  #hintAfterOperand(): string | undefined {
    const cursor = this.#cursor;
    if (cursor.sees(/\{/y)) return hints.bracesOnce;
    if (cursor.sees(/\(/y)) return hints.touching;
    return cursor.sees(/,/y) ? hints.parenthesised : undefined;
  }
}

function parametersIn(written: string | undefined): readonly Parameter[] {
  if (written === undefined) return [];
  return [...written.matchAll(/"((?:[^"\\]|\\[\s\S])*)"|[^,\s]+/g)].map(([word, quoted]) => {
    if (quoted !== undefined) return unquote(quoted);
    return /^\d+(?:\.\d+)?$/.test(word) && Number.isFinite(Number(word)) ? Number(word) : word;
  });
}
