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
  /** What an older version of the other system's library did; the newer one counts. */
  then_in_sdk_2_0_34: z.unknown().optional(),
});

/** A case as it stands in a file. */
export type Case = z.infer<typeof caseSchema>;

/** What has to be said of a case beside whether it passed. */
export interface CaseRemark {
  /** Why we do something else than the case tells of the other system. */
  readonly differsOnPurpose?: string;
  /** What of the case cannot be asked of us, and why; the rest of it held. */
  readonly notExpressed?: string;
}

/**
 * Runs one case of an area against the real thing. Every key of `given`, `when` and `then` is used; a key that the adapter
 * does not know is a failure. What a case names beside itself lies in `folder`. @throws AssertionError with what was expected and what came
 */
export type CaseAdapter = (testCase: Case, engines: Engines, folder?: URL) => Promise<CaseRemark | undefined>;
