import { AssertionError } from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Engines } from '../support/app-over-engines.ts';
import { adapters } from './adapters.ts';
import { type CaseRemark, caseSchema } from './case.ts';

/** How a case ended. */
export interface CaseResult extends CaseRemark {
  readonly id: string;
  readonly passed: boolean;
  /** Why it failed: what was expected and what came. */
  readonly report: string;
}

/** Runs one case through the adapter of its area; never throws. */
export async function runCase(raw: unknown, engines: Engines, folder?: URL): Promise<CaseResult> {
  const parsed = caseSchema.safeParse(raw);
  if (!parsed.success) {
    const id = String((raw as { id?: unknown } | null)?.id ?? '(no id)');
    return { id, passed: false, report: `not a case: ${describe(parsed.error)}` };
  }
  const testCase = parsed.data;
  const { id, area } = testCase;
  const adapter = adapters[area];
  if (adapter === undefined) {
    return {
      id,
      passed: false,
      report: `no adapter for the area "${area}"; there are: ${Object.keys(adapters).join(', ')}`,
    };
  }
  try {
    return { id, passed: true, report: '', ...(await adapter(testCase, engines, folder)) };
  } catch (error) {
    if (testCase.upstream_defect === true && error instanceof AssertionError) {
      return { id, passed: true, report: describe(error), differsOnPurpose: 'a recorded defect of the other system' };
    }
    return { id, passed: false, report: describe(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof AssertionError))
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `expected ${inspect(error.expected, { depth: 8 })}\n     came ${inspect(error.actual, { depth: 8 })}`;
}
