import * as z from 'zod';

/**
 * Parameters of a query come as lists, because each may be sent several times. These schemas read them; what is written
 * several times where one is wanted counts as the last, as in most clients' libraries.
 */

/** One text; absent when it was not sent. */
export function textParameter(description: string) {
  return z
    .array(z.string())
    .transform((values) => values.at(-1))
    .optional()
    .meta({ description, override: { type: 'string' } });
}

/** Any number of texts. */
export function listParameter(description: string) {
  return z
    .array(z.string())
    .default([])
    .meta({ description, override: { type: 'array', items: { type: 'string' } } });
}

/** A switch: `1` or `true` is on. */
export function flagParameter(description: string) {
  return z
    .array(z.string())
    .default([])
    .transform((values) => ['1', 'true'].includes(values.at(-1) ?? ''))
    .meta({ description, override: { type: 'string', enum: ['0', '1'] } });
}
