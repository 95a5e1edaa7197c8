import * as z from 'zod';

/** An address as it is stored and compared: without spaces around it and in lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'An address has at most 254 characters.')
  .pipe(z.email('This is not an e-mail address.'));
