import * as z from 'zod';
import type { Stage } from './happening.ts';
import { sendRequest } from './request-forms.ts';

/** Whether a request is taken that names something, such as `team_id T001`. */
export const validationForm = z.strictObject({ validate: z.string().regex(/^\w+ \S+$/) });

/** Sends it as an event: there, what is refused is told by the status alone. */
export async function validate(stage: Stage, { validate: named }: z.output<typeof validationForm>): Promise<void> {
  const [name = '', value = ''] = named.split(' ');
  await sendRequest(stage, {
    request: 'POST /extensions/slack/event/',
    signed: true,
    timestamp_age_s: 0,
    headers: {},
    json: { event: { type: 'message' }, [name]: value },
  });
}
