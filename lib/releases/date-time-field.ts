import * as z from 'zod';
import { momentIn } from '../platform/moment.ts';
import { messages } from './messages.ts';

/** A field that holds a moment. */
export const dateTimeField = z.string(messages.dateInvalid).transform((text, context) => {
  const moment = momentIn(text);
  if (moment !== undefined) return moment;
  context.issues.push({ code: 'custom', message: messages.dateInvalid, input: text });
  return z.NEVER;
});
