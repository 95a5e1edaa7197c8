import * as z from 'zod';
import type { Engines } from '../support/app-over-engines.ts';

/** One case: inputs and the outcome that must hold. */
export const caseSchema = z.strictObject({
  id: z.string(),
  area: z.string(),
  given: z.unknown(),
  when: z.unknown(),
  then: z.unknown(),
  note: z.string().optional(),
  source_test: z.string().optional(),
  upstream_defect: z.boolean().optional(),
});

/** A case as it stands in a file. */
export type Case = z.infer<typeof caseSchema>;

/**
 * Runs one case of an area against the real thing. Every key of `given`, `when` and `then` is used; a key that the adapter
 * does not know is a failure. @throws AssertionError with what was expected and what came
 */
export type CaseAdapter = (testCase: Case, engines: Engines) => Promise<void>;
