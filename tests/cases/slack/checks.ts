import type * as z from 'zod';
import type { Judged } from './happening.ts';

/** Judges what a case expects under one key. @throws AssertionError when it is otherwise */
export interface Check {
  readonly form: z.ZodType;
  judge(judged: Judged, expected: never): Promise<void> | void;
}

/** Checks by the key of the expectation. */
export type Checks = Readonly<Record<string, Check>>;

/** A check of expectations of one form. */
export function check<S extends z.ZodType>(
  form: S,
  judge: (judged: Judged, expected: z.output<S>) => Promise<void> | void,
): Check {
  return { form, judge };
}
