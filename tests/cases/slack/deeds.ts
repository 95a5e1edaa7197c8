import type * as z from 'zod';
import type { Stage } from './happening.ts';
import { shareLinks, sharingForm } from './link-sharing.ts';
import { pageForm, visitPages } from './page-forms.ts';
import { matchForm, readLink, sign, signForm } from './pure-forms.ts';
import { requestForm, sendRequest } from './request-forms.ts';
import { validate, validationForm } from './validation-forms.ts';

/** Does what a case tells. */
export type Deed = (stage: Stage) => Promise<void> | void;

const kinds = [
  kind(requestForm, sendRequest),
  kind(sharingForm, shareLinks),
  kind(pageForm, visitPages),
  kind(validationForm, validate),
  kind(signForm, sign),
  kind(matchForm, readLink),
];

/** Reads what happens in a case. @throws Error when it is nothing that we know */
export function readDeed(when: unknown): Deed {
  const deed = kinds.map((read) => read(when)).find((one) => one !== undefined);
  if (deed === undefined) throw new Error(`nothing is known that happens so: ${JSON.stringify(when)}`);
  return deed;
}

function kind<S extends z.ZodType>(form: S, run: (stage: Stage, wish: z.output<S>) => Promise<void> | void) {
  return (when: unknown): Deed | undefined => {
    const parsed = form.safeParse(when);
    return parsed.success ? (stage) => run(stage, parsed.data) : undefined;
  };
}
