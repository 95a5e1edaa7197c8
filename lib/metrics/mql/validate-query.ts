import { queryMessages } from '../messages.ts';
import { QueryRefusedError } from './query-error.ts';
import { type Formula, isQuery, type Query } from './syntax-tree.ts';

/** Checks what can be read and makes no sense, whatever metrics there are. @throws QueryRefusedError saying what to change */
export function validateQuery(query: Query): void {
  if (query.kind === 'timeseries') return;
  if (!hasSeries(query)) throw new QueryRefusedError(queryMessages.noSeries);
  validateFormula(query);
}

function validateFormula(formula: Formula): void {
  const { function: name, operands } = formula;
  if (operands.length === 0) throw new QueryRefusedError(queryMessages.noOperands(name));
  for (const operand of operands) {
    if (typeof operand === 'string') throw new QueryRefusedError(queryMessages.textOperand(name, operand));
    if (isQuery(operand) && operand.kind === 'formula') validateFormula(operand);
  }
  const [one, other] = [...groupsIn(formula).values()];
  if (one !== undefined && other !== undefined) throw new QueryRefusedError(queryMessages.differentGroups(one, other));
}

function hasSeries(formula: Formula): boolean {
  return formula.operands.some((operand) => isQuery(operand) && (operand.kind === 'timeseries' || hasSeries(operand)));
}

/** The different lists of groups below a formula; parts without groups go with every list. */
function groupsIn(formula: Formula): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const operand of formula.operands.filter(isQuery)) {
    if (operand.groupBy.length > 0) found.set(JSON.stringify(operand.groupBy), operand.groupBy);
    if (operand.kind === 'formula') for (const [key, groups] of groupsIn(operand)) found.set(key, groups);
  }
  return found;
}
