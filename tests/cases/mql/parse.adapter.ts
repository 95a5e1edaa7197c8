import { AssertionError } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { parseQuery } from '../../../lib/metrics/mql/parse-query.ts';
import { printQuery } from '../../../lib/metrics/mql/print-query.ts';
import { isQuery, type Query } from '../../../lib/metrics/mql/syntax-tree.ts';
import { validateQuery } from '../../../lib/metrics/mql/validate-query.ts';
import { RefusalError } from '../../../lib/platform/errors.ts';
import type { CaseAdapter, CaseRemark } from '../case.ts';
import { same } from '../releases/compare.ts';
import { caseForm, normalised } from './case-form.ts';
import { readAsTheyDo, readOnPurpose, refusedOnPurpose } from './parse-deviations.ts';
import { theirPrint } from './their-print.ts';

const form = z.strictObject({
  given: z.strictObject({}),
  when: z.strictObject({ mql: z.string() }),
  then: z.union([
    z.strictObject({ error: z.string(), message: z.string().optional() }),
    z.strictObject({
      ok: z.looseObject({ kind: z.enum(['timeseries', 'formula']) }),
      valid: z.boolean(),
      validation_error: z.string().optional(),
      printed: z.string().optional(),
    }),
  ]),
});

/** Cases of what a text means, whether that makes sense, and how it is printed. */
export const mqlParse: CaseAdapter = async ({ given, when, then }) => {
  const { mql } = form.shape.when.parse(when);
  form.shape.given.parse(given);
  const expected = form.shape.then.parse(then);
  if ('error' in expected) {
    const read = queryOf(mql);
    const purpose = read && readOnPurpose(mql, read);
    if (purpose === undefined) same(read && caseForm(read), undefined);
    return purpose === undefined ? undefined : { differsOnPurpose: purpose };
  }
  const refusal = refusalOf(() => parseQuery(mql));
  const reason = refusal === undefined ? undefined : refusedOnPurpose(refusal, expected.ok);
  if (reason !== undefined) return { differsOnPurpose: reason };
  const { query, remark } = reading(mql, normalised(expected.ok));
  const isValid = refusalOf(() => validateQuery(query)) === undefined;
  if (expected.valid && !isValid && hasTextBelow(query)) {
    return { differsOnPurpose: 'a text is no operand, also where formulas stand in each other' };
  }
  same(isValid, expected.valid);
  same(parseQuery(printQuery(query)), query);
  if (expected.printed === undefined || printQuery(query) === expected.printed) return remark;
  // Where theirs reads as the same query, only the words differ; else it has to be what they lose in printing.
  const printed = expected.printed.replace(/-(?=0\.0(?!\d))/g, '');
  if (!isDeepStrictEqual(queryOf(printed), query)) same(theirPrint(query), printed);
  return remark ?? { differsOnPurpose: 'printed so that it reads as the same query again' };
};

/** The query as the case tells it, and whether we had to be told to read it that way. */
function reading(mql: string, ok: unknown): { readonly query: Query; readonly remark?: CaseRemark } {
  const ours = queryOf(mql);
  if (ours !== undefined && isDeepStrictEqual(caseForm(ours), ok)) return { query: ours };
  for (const { reason, text } of readAsTheyDo(mql, ok)) {
    const theirs = queryOf(text);
    if (theirs !== undefined && isDeepStrictEqual(caseForm(theirs), ok))
      return { query: theirs, remark: { differsOnPurpose: reason } };
  }
  const actual = ours === undefined ? refusalOf(() => parseQuery(mql)) : caseForm(ours);
  throw new AssertionError({ actual, expected: ok, message: 'read differently' });
}

function queryOf(text: string): Query | undefined {
  return refusalOf(() => parseQuery(text)) === undefined ? parseQuery(text) : undefined;
}

function hasTextBelow(query: Query): boolean {
  const operands = query.kind === 'formula' ? query.operands.filter(isQuery) : [];
  return operands.some(
    (one) => one.kind === 'formula' && (one.operands.some((of) => typeof of === 'string') || hasTextBelow(one)),
  );
}

function refusalOf(deed: () => unknown): unknown {
  try {
    deed();
    return undefined;
  } catch (error) {
    if (error instanceof RefusalError) return error;
    throw error;
  }
}
