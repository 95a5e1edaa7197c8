import * as z from 'zod';

/** Judges what a case expects under one key, of what an area makes of its cases. @throws AssertionError when it is otherwise */
export interface Check<Judged> {
  readonly form: z.ZodType;
  judge(judged: Judged, expected: never): Promise<void> | void;
}

/** Gives what makes the checks of an area, each of expectations of one form. */
export function checkOf<Judged>() {
  return <S extends z.ZodType>(
    form: S,
    judge: (judged: Judged, expected: z.output<S>) => Promise<void> | void,
  ): Check<Judged> => ({ form, judge });
}

/** The form of all that a case may expect: nothing that no check knows. */
export function outcomeForm(checks: Readonly<Record<string, { readonly form: z.ZodType }>>) {
  return z.strictObject(Object.fromEntries(Object.entries(checks).map(([key, { form }]) => [key, form.optional()])));
}
