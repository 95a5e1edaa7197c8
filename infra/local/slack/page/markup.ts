import { html } from 'hono/html';

/** HTML in which everything that came from outside is escaped already. */
export type Markup = Exclude<ReturnType<typeof html>, Promise<unknown>>;

/** What may stand in a template: text (escaped), markup (as it is), lists of them, or nothing. */
export type MarkupValue = Markup | string | number | boolean | null | undefined | readonly MarkupValue[];

/** A template whose values are escaped; hono's own may also be a promise, which no part of this page needs. */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const result = html(strings, ...values);
  if (result instanceof Promise) throw new TypeError('a promise stands in a template');
  return result;
}
