import { queryMessages } from '../messages.ts';
import type { Formula, Operand, Parameter, Timeseries } from './syntax-tree.ts';
import type { TextCursor } from './text-cursor.ts';
import { type BareMetric, isBareMetric } from './unfinished.ts';

const { expected, hints } = queryMessages;

/** A call as it was read. */
export interface Call {
  readonly name: string;
  readonly at: number;
  readonly parameters: readonly Parameter[];
  readonly operands: readonly (Operand | BareMetric)[];
}

/**
 * An aggregate when the one thing in parentheses is a metric, a formula when everything in them is aggregated.
 * @throws QuerySyntaxError for a mixture
 */
export function buildCall(cursor: TextCursor, call: Call): Timeseries | Formula {
  const { name, parameters, operands } = call;
  const [first] = operands;
  if (operands.length === 1 && first !== undefined && isBareMetric(first)) {
    const { metric, filters, groupBy } = first;
    return { kind: 'timeseries', metric, aggregate: name, parameters, filters, groupBy };
  }
  const finished = operands.map((operand) => {
    if (!isBareMetric(operand)) return operand;
    const hint = parameters.length > 0 ? hints.manyArguments : hints.needsAggregate;
    return cursor.fail(expected.aggregate, hint, operand.at);
  });
  return { kind: 'formula', function: name, parameters, operands: finished, filters: [], groupBy: [] };
}
