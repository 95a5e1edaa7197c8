import { queryMessages } from '../messages.ts';
import { checkSize } from './check-size.ts';
import { QueryRefusedError } from './query-error.ts';
import { type ResolvedMetrics, resolveMetric, resolveMetrics } from './resolve-metrics.ts';
import { resolveSeries, type Surroundings } from './resolve-series.ts';
import type { Join, ResolvedQuery } from './resolved-query.ts';
import { type Formula, isQuery, type Operand, type Query, type Timeseries } from './syntax-tree.ts';
import { validateQuery } from './validate-query.ts';

/** Statuses of a transaction that are no failure. */
const successful = ['ok', 'cancelled', 'unknown'];

const joins: ReadonlyMap<string, Join> = new Map([
  ['plus', 'plus'],
  ['minus', 'minus'],
  ['multiply', 'multiply'],
  ['divide', 'divide'],
]);
const functions = [...joins.keys(), 'negate', 'rate', 'failure_rate', 'apdex'];

/**
 * A query with ids for names, aggregates for aliases, and filters and groups at the series that they are about.
 * @throws QueryRefusedError when it asks for something that there is not, or that makes no sense
 */
export function resolveQuery(
  query: Query,
  extraNames?: ReadonlyMap<string, string>,
): ResolvedMetrics & { readonly query: ResolvedQuery } {
  checkSize(query);
  validateQuery(query);
  const metrics = resolveMetrics(query, extraNames);
  return { ...metrics, query: new Resolver(extraNames).operand(query, { filters: [], groupBy: [] }) };
}

class Resolver {
  readonly #names: ReadonlyMap<string, string> | undefined;

  constructor(names: ReadonlyMap<string, string> | undefined) {
    this.#names = names;
  }

  operand(operand: Operand, outside: Surroundings): ResolvedQuery {
    if (typeof operand === 'number') return { kind: 'number', value: operand };
    if (typeof operand === 'string') throw new QueryRefusedError(queryMessages.textOperand('A formula', operand));
    if (operand.kind === 'formula') return this.#formula(operand, outside);
    // Both are functions of an aggregate; of a metric they count its points: failure_rate(…), apdex(300)(…).
    const { aggregate, parameters } = operand;
    if (aggregate === 'failure_rate') return this.#failureRate([this.#counted(operand), ...parameters], outside);
    if (aggregate === 'apdex') return this.#apdex([this.#counted(operand), ...parameters], outside);
    return this.#series(operand, outside);
  }

  #counted(series: Timeseries): Timeseries {
    const { type } = resolveMetric(series.metric, this.#names);
    return { ...series, aggregate: type === 'c' ? 'sum' : 'count', parameters: [] };
  }

  #series(series: Timeseries, outside: Surroundings) {
    return resolveSeries(series, resolveMetric(series.metric, this.#names), outside);
  }

  #formula(formula: Formula, outside: Surroundings): ResolvedQuery {
    const { function: name, parameters, operands } = formula;
    const inside: Surroundings = {
      filters: [...outside.filters, ...formula.filters],
      groupBy: [...outside.groupBy, ...formula.groupBy],
    };
    if (!functions.includes(name)) throw new QueryRefusedError(queryMessages.unknownFunction(name, functions));
    if (parameters.length > 0) throw new QueryRefusedError(queryMessages.onePair(name));
    const join = joins.get(name);
    if (join !== undefined) return this.#join(join, operands, inside);
    if (name === 'negate') return { kind: 'negate', of: this.operand(only(operands, '-(…)', name), inside) };
    if (name === 'rate') return this.#rate(operands, inside);
    if (name === 'failure_rate') return this.#failureRate(operands, inside);
    return this.#apdex(operands, inside);
  }

  #join(join: Join, operands: readonly Operand[], inside: Surroundings): ResolvedQuery {
    if (operands.length < 2) throw new QueryRefusedError(queryMessages.operandCount(join, `${join}(…, …)`));
    return operands
      .map((operand) => oneLevel(this.operand(operand, inside)))
      .reduce((left, right) => ({ kind: 'join', join, left, right }));
  }

  #rate([of, seconds = 1, ...others]: readonly Operand[], inside: Surroundings): ResolvedQuery {
    if (of === undefined || !isQuery(of) || typeof seconds !== 'number' || seconds <= 0 || others.length > 0) {
      throw new QueryRefusedError(queryMessages.rateSeconds);
    }
    return { kind: 'rate', of: oneLevel(this.operand(of, inside)), seconds };
  }

  #failureRate(operands: readonly Operand[], inside: Surroundings): ResolvedQuery {
    const of = only(operands, 'failure_rate(…)', 'failure_rate');
    if (!isQuery(of) || of.kind !== 'timeseries') throw new QueryRefusedError(queryMessages.failureRateOf);
    const all = oneLevel(this.#series(of, inside));
    const failed = { tag: 'transaction.status', operator: 'NOT IN', value: successful } as const;
    return { kind: 'join', join: 'share', left: { ...all, filters: [...all.filters, failed] }, right: all };
  }

  #apdex([of, threshold, ...others]: readonly Operand[], inside: Surroundings): ResolvedQuery {
    const fits = of !== undefined && isQuery(of) && of.kind === 'timeseries' && others.length === 0;
    if (!fits || typeof threshold !== 'number' || threshold <= 0) throw new QueryRefusedError(queryMessages.apdexOf);
    if (resolveMetric(of.metric, this.#names).type !== 'd') throw new QueryRefusedError(queryMessages.apdexOf);
    return { ...this.#series(of, inside), aggregate: 'apdex', levels: [threshold] };
  }
}

function only(operands: readonly Operand[], form: string, name: string): Operand {
  const [operand, ...others] = operands;
  if (operand === undefined || others.length > 0) throw new QueryRefusedError(queryMessages.operandCount(name, form));
  return operand;
}

/** Formulas are about one value at a time. */
function oneLevel<T extends ResolvedQuery>(query: T): T {
  if (query.kind === 'series' && query.levels.length > 1) throw new QueryRefusedError(queryMessages.severalLevels);
  return query;
}
