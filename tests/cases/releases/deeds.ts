import * as z from 'zod';
import { commitForm, doWithCommits } from './commit-forms.ts';
import { deployForm, notify } from './deploy-forms.ts';
import type { Stage } from './happening.ts';
import { requestForm, sendRequests } from './request-forms.ts';
import { validate, validationForm } from './validation-forms.ts';
import { explain, versionForm } from './version-forms.ts';

/** Does what a case tells. */
export type Deed = (stage: Stage) => Promise<void>;

const kinds = [
  kind(requestForm, sendRequests),
  kind(validationForm, validate),
  kind(versionForm, explain),
  kind(commitForm, doWithCommits),
  kind(deployForm, notify),
];

const steps = z.strictObject({ steps: z.array(z.unknown()) });

/** Reads what happens in a case. @throws Error when it is nothing that we know */
export function readDeed(when: unknown): Deed {
  const several = steps.safeParse(when);
  if (several.success) {
    const deeds = several.data.steps.map(readDeed);
    return async (stage) => {
      for (const deed of deeds) await deed(stage);
    };
  }
  const deed = kinds.map((read) => read(when)).find((one) => one !== undefined);
  if (deed === undefined) throw new Error(`nothing is known that happens so: ${JSON.stringify(when)}`);
  return deed;
}

function kind<S extends z.ZodType>(form: S, run: (stage: Stage, wish: z.output<S>) => Promise<void>) {
  return (when: unknown): Deed | undefined => {
    const parsed = form.safeParse(when);
    return parsed.success ? (stage) => run(stage, parsed.data) : undefined;
  };
}
